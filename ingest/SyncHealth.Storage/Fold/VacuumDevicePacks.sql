-- Gives back what packing left behind: a pack is written anew with all of its cells, and would need its space twice. Skips a table that is being worked on.
-- Not inside a transaction.
vacuum (skip_locked) synchealth.device_day, synchealth.device_day_pack, synchealth.device_release, synchealth.device_release_pack;
