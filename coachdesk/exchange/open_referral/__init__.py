"""Open Referral UK 3.0, in and out: a directory of services as councils and their neighbours publish it."""
