-- Whether the alert that ingest is down is open. Index: none needed; a row per rule, app, segment and class.
select exists (select from synchealth.alert where class = 'ingest_down' and status in ('firing', 'recovering'));
