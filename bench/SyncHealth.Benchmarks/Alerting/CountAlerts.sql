-- Alert instances: all of them, or those that are open. @which: 'all' or 'open'.
select count(*) from synchealth.alert where @which::text = 'all' or status in ('firing', 'recovering');
