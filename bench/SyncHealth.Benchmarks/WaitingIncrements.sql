-- Whether increments wait to be folded.
select exists (select 1 from synchealth.core_increment) or exists (select 1 from synchealth.device_increment);
