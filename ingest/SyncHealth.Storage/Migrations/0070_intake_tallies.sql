-- What became of the events that were sent, over all ingest processes: each process adds up its own in memory and adds them here every few seconds, a row per
-- app, five minutes and reason, so that the counts outlive it and no request writes one row more.
create table synchealth.intake_tally (
    app_id integer not null,                    -- 0: of no app that is known
    bucket_at timestamptz not null,             -- five minutes of the arrival
    reason text not null,                       -- accepted, duplicate, id_conflict (of the duplicates), or why it was rejected
    events bigint not null,
    constraint intake_tally_pkey primary key (app_id, bucket_at, reason)
) with (fillfactor = 50);                       -- the newest rows are updated until their five minutes are over
