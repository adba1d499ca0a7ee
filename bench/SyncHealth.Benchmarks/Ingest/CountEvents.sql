-- Events stored, of every app and day.
select count(*) from synchealth.event;
