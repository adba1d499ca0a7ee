-- Gives back the space of rows that have gone over into hours and sets: in service the rows of the next hours take it. Not inside a transaction.
vacuum full synchealth.rollup_minute, synchealth.rollup_arrival, synchealth.rollup_margin, synchealth.device_hour, synchealth.device_set
