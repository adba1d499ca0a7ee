-- Joins the writers, whom an erasure waits for, and then reads the keys erased since the writer looked last. In this order: a key that is not seen here
-- will be erased only after this transaction has ended. @Lock: the writers' lock; @Known: the highest number read so far. Index: erased_key_pkey.
select pg_advisory_xact_lock_shared(@Lock)::text;
select erased_no, kind, key from synchealth.erased_key where erased_no > @Known order by erased_no;
