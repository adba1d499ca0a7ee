-- Keys whose erasure was begun before @Before and did not end, oldest first. Index: erased_key_unfinished.
select kind, key from synchealth.erased_key where done_at is null and asked_at <= @Before order by asked_at, erased_no;
