"""Activity: the help that was given, the appointments kept and missed, the jobs that followed, and the coach's sign-off of a month."""
