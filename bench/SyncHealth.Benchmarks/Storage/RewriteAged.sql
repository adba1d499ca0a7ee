-- Gives back the space of rows that have gone over into hours, sets and packs: in service the rows of the next hours take it. Not inside a transaction.
vacuum full synchealth.rollup_minute, synchealth.rollup_minute_pack, synchealth.rollup_arrival, synchealth.rollup_arrival_pack, synchealth.rollup_fine_hour,
    synchealth.rollup_fine_hour_pack, synchealth.rollup_margin, synchealth.device_open_hour, synchealth.device_set, synchealth.device_day, synchealth.device_day_pack,
    synchealth.device_release, synchealth.device_release_pack
