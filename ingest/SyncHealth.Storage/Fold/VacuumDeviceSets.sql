-- Gives back what moving hours into sets left behind: a margin and an hour's minutes are written anew, kilobytes of each, for what comes into them, so that the next hour of the same round
-- would need as much again. Skips a table that is being worked on. Not inside a transaction.
vacuum (skip_locked) synchealth.device_open_hour, synchealth.device_set, synchealth.device_margin, synchealth.device_minute;
