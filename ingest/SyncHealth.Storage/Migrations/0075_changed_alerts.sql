-- A round of evaluations reads the alert instances that were written since the round before it: a hundred thousand segments are quiet, and were read whole each time.

-- The transaction that wrote the row last. What a snapshot did not see was written by one at or above the oldest that ran then (pg_snapshot_xmin), so that
-- nothing which commits late is missed. Rows that are there get the present transaction.
alter table synchealth.alert add column changed_in xid8 not null default pg_current_xact_id();
create index alert_changed_in on synchealth.alert (changed_in);
