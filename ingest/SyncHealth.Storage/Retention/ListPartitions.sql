-- Days that have a partition of their own, oldest first.
select day from synchealth.event_partition order by day;
