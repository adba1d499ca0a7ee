-- How late events are, by the hour of the week they happened in: a Monday morning's commute is not a Sunday night.
-- Filled by the fold, by arrival: over whole weeks of arrivals every lag is seen as often as it occurs, however late.

-- Hour of the week in UTC: 0 is Monday 00:00. (1970-01-01 was a Thursday.) The twin of Vitals/LagCurves.cs.
create function synchealth.week_hour(at timestamptz) returns smallint
language sql immutable strict parallel safe
return ((floor(date_part('epoch', at) / 3600)::bigint + 72) % 168)::smallint;

create table synchealth.rollup_lag (
    arrival_at timestamptz not null,            -- hour
    attempts bigint not null,
    app_id integer not null,
    week_hour smallint not null,                -- of event_at
    lag_class smallint not null,                -- as in core_increment
    constraint rollup_lag_pkey primary key (app_id, arrival_at, week_hour, lag_class)
) with (fillfactor = 80);

-- Replaced every five minutes beside the fleet snapshot; what stood there knew no hours and is learned anew.
delete from synchealth.lag_learned;
alter table synchealth.lag_learned drop constraint lag_learned_pkey;
alter table synchealth.lag_learned add column week_hour smallint not null;
alter table synchealth.lag_learned add constraint lag_learned_pkey primary key (app_id, week_hour, lag_class);
