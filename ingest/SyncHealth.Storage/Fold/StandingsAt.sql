-- The moment that the standings of the fleet are relative to; null before the first. Index: fleet_base_pkey.
select max(taken_at) from synchealth.fleet_base;
