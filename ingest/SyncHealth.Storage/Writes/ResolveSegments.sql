-- Ids of segments, with their core segments; unknown ones are added first, in key order. Statements of their own, so that each
-- sees what another writer added meanwhile. Parallel arrays; their position from 0 comes back. @now: when a new app was first seen. @Max…: names
-- that an app may use, the others become __other__ (see bounded_segments).
-- Indexes: app_name_is_unique, known_name_pkey, core_segment_is_unique, segment_is_unique.
insert into synchealth.app (name, first_seen_at)
select distinct w.app, @now::timestamptz from unnest(@Apps::text[]) w (app)
where not exists (select 1 from synchealth.app a where a.name = w.app)
order by w.app
on conflict (name) do nothing;

insert into synchealth.known_name
select * from synchealth.admit(@Apps::text[], 'environment', @Environments::text[], @MaxEnvironments)
union all select * from synchealth.admit(@Apps::text[], 'app_version', @AppVersions::text[], @MaxVersions)
union all select * from synchealth.admit(@Apps::text[], 'os', @Oses::text[], @MaxSystems)
union all select * from synchealth.admit(@Apps::text[], 'os_version', @OsVersions::text[], @MaxSystemVersions)
on conflict do nothing;

insert into synchealth.core_segment (app_id, environment, app_version, os, network)
select distinct w.app_id, w.environment, w.app_version, w.os, w.network
from synchealth.bounded_segments(@Apps::text[], @Environments::text[], @AppVersions::text[], @Oses::text[], @Networks::text[], @OsVersions::text[], @Types::text[], @Triggers::text[]) w
where not exists (
    select 1 from synchealth.core_segment c
    where (c.app_id, c.environment, c.app_version, c.os, c.network) = (w.app_id, w.environment, w.app_version, w.os, w.network))
order by w.app_id, w.environment, w.app_version, w.os, w.network
on conflict (app_id, environment, app_version, os, network) do nothing;

insert into synchealth.segment (core_id, os_version, type, trigger)
select distinct c.core_id, w.os_version, w.type, w.trigger
from synchealth.bounded_segments(@Apps::text[], @Environments::text[], @AppVersions::text[], @Oses::text[], @Networks::text[], @OsVersions::text[], @Types::text[], @Triggers::text[]) w
join synchealth.core_segment c using (app_id, environment, app_version, os, network)
where not exists (
    select 1 from synchealth.segment s
    where (s.core_id, s.os_version, s.type, s.trigger) = (c.core_id, w.os_version, w.type, w.trigger))
order by c.core_id, w.os_version, w.type, w.trigger
on conflict (core_id, os_version, type, trigger) do nothing;

select w.place, s.segment_id, s.core_id
from synchealth.bounded_segments(@Apps::text[], @Environments::text[], @AppVersions::text[], @Oses::text[], @Networks::text[], @OsVersions::text[], @Types::text[], @Triggers::text[]) w
join synchealth.core_segment c using (app_id, environment, app_version, os, network)
join synchealth.segment s on (s.core_id, s.os_version, s.type, s.trigger) = (c.core_id, w.os_version, w.type, w.trigger);
