"""Claims: what a month is worth under the terms, line by line, and what earlier sent claims already took. Writes nothing upstream."""
