-- Names of a fleet that takes a release, on twelve core segments, and what its devices did on each day as a function of their numbers: a tenth stays on 2.3.2,
-- of the others every second takes 2.5.0 on one of the last twenty days, which fails a point and a half more on cellular. Device keys are random, as hashes are.
-- @now: noon of the last day. @app: its name.
insert into synchealth.app (name, first_seen_at) values (@app, @now::timestamptz - interval '30 days');

insert into synchealth.core_segment (app_id, environment, app_version, os, network)
select a.app_id, 'production', version, os, network
from synchealth.app a, unnest('{2.3.2,2.4.1,2.5.0}'::text[]) version, unnest('{android,ios}'::text[]) os, unnest('{wifi,cellular}'::text[]) network
where a.name = @app
order by version, os, network desc;

insert into synchealth.segment (core_id, os_version, type, trigger)
select c.core_id, '14', 'delta', 'foreground' from synchealth.core_segment c join synchealth.app a using (app_id) where a.name = @app;

insert into synchealth.device_profile (device_model, tags) values ('Pixel 8', '{}') on conflict do nothing;

-- place: of the core segment in the order of version, system, network, from 1. Only devices whose key lies from low to high.
create function bench_day(day integer, devices bigint, low bigint, high bigint)
returns table (device_key bigint, place integer, attempts integer, failures integer, over_60s integer, conflicted integer) language sql stable as $$
    select d.device_key, s.place, s.attempts,
        case when (hashint8extended(d.number, day) & 1023) < case when s.place in (10, 12) then 500 else 350 end then 1 else 0 end,
        case when (d.number * 7 + day) % 50 = 0 then 1 else 0 end, case when (d.number + day) % 30 = 0 then 1 else 0 end
    from (select n as number, hashint8extended(n, 0) as device_key from generate_series(1, devices) n) d
    cross join lateral (
        select (3 + (d.number * 31 + day * 17) % 12)::integer as attempts,
            case when d.number % 10 = 0 then 0 when d.number % 2 = 1 and day >= 10 + d.number % 19 then 8 else 4 end
                + case when d.number % 5 < 3 then 0 else 2 end + case when (d.number + day) % 3 = 0 then 2 else 1 end as place) s
    where d.device_key between low and high
$$;
