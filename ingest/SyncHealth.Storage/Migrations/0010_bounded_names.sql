-- Names that apps send, bounded (reliability C5): an app may use so many versions, tag keys, values, error codes and so on; whatever comes
-- after them is counted as __other__, so totals stay exact. The caps are parameters, their values stand in Writes/CardinalityLimits.cs.
-- And the one tag per app that is promoted to the rollups.

create table synchealth.known_name (
    app_id integer not null,
    dimension text not null,                    -- environment, app_version, os, os_version, device_model, tag (keys), tag:KEY (values), error_code, conflict_entity
    name text not null,
    constraint known_name_pkey primary key (app_id, dimension, name)
);

-- Which of the names (parallel arrays) an app may use from now on although it did not before: as many as its cap leaves room for.
-- Holds a lock on the app until the transaction ends, so that two writers cannot both use up the same room.
create function synchealth.admit(apps text[], dimensions text[], names text[], cap integer)
returns table (app_id integer, dimension text, name text)
language plpgsql as $$
#variable_conflict use_column
begin
    perform pg_advisory_xact_lock('synchealth.known_name'::regclass::integer, a.app_id)
    from (select a.app_id from synchealth.app a where a.name = any (apps) order by a.app_id) a;
    return query
    select x.app_id, x.dimension, x.name
    from (
        select w.*, row_number() over (partition by w.app_id, w.dimension order by w.name) as rank
        from (
            select distinct a.app_id, u.dimension, u.name
            from unnest(apps, dimensions, names) u (app, dimension, name) join synchealth.app a on a.name = u.app
            where u.name <> '') w
        where not exists (select 1 from synchealth.known_name k where (k.app_id, k.dimension, k.name) = (w.app_id, w.dimension, w.name))) x
    left join (
        select k.app_id, k.dimension, count(*) as taken from synchealth.known_name k
        where (k.app_id, k.dimension) in (select a.app_id, u.dimension from unnest(apps, dimensions) u (app, dimension) join synchealth.app a on a.name = u.app)
        group by 1, 2) t using (app_id, dimension)
    where x.rank <= cap - coalesce(t.taken, 0);
end
$$;

create function synchealth.admit(apps text[], dimension text, names text[], cap integer)
returns table (app_id integer, dimension text, name text)
language sql as $$
    select * from synchealth.admit(apps, array_fill(dimension, array[cardinality(apps)]), names, cap)
$$;

-- The name under which an app's name is counted. A name that is not there is never another one.
create function synchealth.known_or_other(app integer, dimension_name text, wanted text) returns text
language sql stable parallel safe
return case
    when wanted = '' or exists (select 1 from synchealth.known_name k where k.app_id = app and k.dimension = dimension_name and k.name = wanted) then wanted
    else '__other__'
end;

-- Segments under the names they are counted by. Parallel arrays; place is that of the arrays, from 0. Materialized, so that a join does not
-- look the names up once for every pair.
create function synchealth.bounded_segments(
    apps text[], environments text[], app_versions text[], oses text[], networks text[], os_versions text[], types text[], triggers text[])
returns table (place integer, app_id integer, environment text, app_version text, os text, network text, os_version text, type text, trigger text)
language sql stable as $$
    with bounded as materialized (
        select (w.n - 1)::integer, a.app_id,
            synchealth.known_or_other(a.app_id, 'environment', w.environment), synchealth.known_or_other(a.app_id, 'app_version', w.app_version),
            synchealth.known_or_other(a.app_id, 'os', w.os), w.network, synchealth.known_or_other(a.app_id, 'os_version', w.os_version), w.type, w.trigger
        from unnest(apps, environments, app_versions, oses, networks, os_versions, types, triggers)
            with ordinality w (app, environment, app_version, os, network, os_version, type, trigger, n)
        join synchealth.app a on a.name = w.app)
    select * from bounded
$$;

-- The tag that the app's rollups hold. They hold it for events from promoted_from on; before, it is answered from raw events.
alter table synchealth.app add column promoted_from timestamptz;

create table synchealth.promoted_value (
    promoted_id integer generated always as identity primary key,   -- 0 in a rollup: the app had no promoted tag
    app_id integer not null,
    tag text not null,
    value text not null,                        -- '' for devices that do not carry the tag
    constraint promoted_value_is_unique unique (app_id, tag, value)
);

-- Promotes a tag, or none. Writers learn of it within seconds, hence an hour's grace: from then on every event is counted by the new tag.
create function synchealth.promote_tag(app_name text, tag text, now_at timestamptz) returns void
language sql as $$
    update synchealth.app set promoted_tag = tag, promoted_from = synchealth.ceil_to('1 hour', now_at + interval '1 hour')
    where name = app_name and promoted_tag is distinct from tag
$$;

-- Profiles that an app's devices have: another app's flood of tags is not this app's to read.
create table synchealth.app_profile (
    app_id integer not null,
    profile_id integer not null,
    constraint app_profile_pkey primary key (app_id, profile_id)
);

-- Profiles under the names they are counted by; beyond max_profiles of an app, one profile stands for all others.
create function synchealth.bounded_profiles(apps text[], models text[], tag_sets text[], max_profiles integer)
returns table (place integer, app_id integer, device_model text, tags jsonb)
language sql stable as $$
    with wanted as (
        select (w.n - 1)::integer as place, a.app_id, synchealth.known_or_other(a.app_id, 'device_model', w.model) as device_model, t.tags
        from unnest(apps, models, tag_sets) with ordinality w (app, model, tags, n)
        join synchealth.app a on a.name = w.app
        cross join lateral (
            select coalesce(jsonb_object_agg(k.key, case when k.key = '__other__' then '__other__' else synchealth.known_or_other(a.app_id, 'tag:' || k.key, k.value) end), '{}') as tags
            from (select synchealth.known_or_other(a.app_id, 'tag', j.key) as key, j.value from jsonb_each_text(w.tags::jsonb) j) k) t),
    judged as (
        select w.*, md5(w.device_model || ' ' || w.tags::text)::uuid as digest from wanted w),
    fresh as (
        select x.app_id, x.digest, row_number() over (partition by x.app_id order by x.digest) as rank
        from (select distinct j.app_id, j.digest from judged j) x
        where not exists (
            select 1 from synchealth.app_profile m join synchealth.device_profile p using (profile_id) where m.app_id = x.app_id and p.digest = x.digest))
    select j.place, j.app_id, case when o.is_over then '__other__' else j.device_model end, case when o.is_over then '{}' else j.tags end
    from judged j
    left join fresh f using (app_id, digest)
    left join (
        select m.app_id, count(*) as taken from synchealth.app_profile m where m.app_id in (select w.app_id from wanted w) group by m.app_id) t using (app_id)
    cross join lateral (select coalesce(f.rank > max_profiles - coalesce(t.taken, 0), false) as is_over) o
$$;

-- Ids of profiles and of their promoted values (0: none); unknown ones are added first. Parallel arrays; place is that of the arrays, from 0.
create function synchealth.resolve_profiles(
    apps text[], models text[], tag_sets text[], max_models integer, max_tag_keys integer, max_tag_values integer, max_profiles integer)
returns table (place integer, profile_id integer, promoted_id integer)
language plpgsql as $$
#variable_conflict use_column
declare
    places integer[];
    app_ids integer[];
    bounded_models text[];
    bounded_tags jsonb[];
    digests uuid[];
begin
    insert into synchealth.known_name select * from synchealth.admit(apps, 'device_model', models, max_models) on conflict do nothing;
    insert into synchealth.known_name
    select a.* from (
        select coalesce(array_agg(w.app), '{}') as apps, coalesce(array_agg(j.key), '{}') as keys
        from unnest(apps, tag_sets) w (app, tags) cross join lateral jsonb_object_keys(w.tags::jsonb) j (key)) x
    cross join lateral synchealth.admit(x.apps, 'tag', x.keys, max_tag_keys) a
    on conflict do nothing;
    -- Values of keys that are counted only: the others would be rows without bound.
    insert into synchealth.known_name
    select a.* from (
        select coalesce(array_agg(w.app), '{}') as apps, coalesce(array_agg('tag:' || j.key), '{}') as keys, coalesce(array_agg(j.value), '{}') as values
        from unnest(apps, tag_sets) w (app, tags) join synchealth.app p on p.name = w.app
        cross join lateral jsonb_each_text(w.tags::jsonb) j
        join synchealth.known_name k on (k.app_id, k.dimension, k.name) = (p.app_id, 'tag', j.key)) x
    cross join lateral synchealth.admit(x.apps, x.keys, x.values, max_tag_values) a
    on conflict do nothing;

    -- Once, because it is the dear part; the lock that admit took keeps others from the app's profiles meanwhile.
    select array_agg(b.place), array_agg(b.app_id), array_agg(b.device_model), array_agg(b.tags), array_agg(md5(b.device_model || ' ' || b.tags::text)::uuid)
    into places, app_ids, bounded_models, bounded_tags, digests
    from synchealth.bounded_profiles(apps, models, tag_sets, max_profiles) b;

    insert into synchealth.device_profile (device_model, tags)
    select distinct on (x.digest) x.device_model, x.tags
    from unnest(bounded_models, bounded_tags, digests) x (device_model, tags, digest)
    where not exists (select 1 from synchealth.device_profile p where p.digest = x.digest)
    order by x.digest
    on conflict (digest) do nothing;
    insert into synchealth.app_profile (app_id, profile_id)
    select distinct b.app_id, p.profile_id
    from unnest(app_ids, digests) b (app_id, digest) join synchealth.device_profile p using (digest)
    order by 1, 2
    on conflict do nothing;
    insert into synchealth.promoted_value (app_id, tag, value)
    select distinct b.app_id, a.promoted_tag, coalesce(b.tags ->> a.promoted_tag, '')
    from unnest(app_ids, bounded_tags) b (app_id, tags) join synchealth.app a using (app_id)
    where a.promoted_tag is not null
      and not exists (select 1 from synchealth.promoted_value v where (v.app_id, v.tag, v.value) = (b.app_id, a.promoted_tag, coalesce(b.tags ->> a.promoted_tag, '')))
    order by 1, 2, 3
    on conflict do nothing;

    return query
    select b.place, p.profile_id, coalesce(v.promoted_id, 0)
    from unnest(places, app_ids, bounded_tags, digests) b (place, app_id, tags, digest)
    join synchealth.app a using (app_id)
    join synchealth.device_profile p using (digest)
    left join synchealth.promoted_value v on (v.app_id, v.tag, v.value) = (b.app_id, a.promoted_tag, coalesce(b.tags ->> a.promoted_tag, ''));
end
$$;

-- One line per way that conflicts went, under the entity's bounded name.
create table synchealth.conflict_class (
    conflict_id integer generated always as identity primary key,
    app_id integer not null,
    entity text not null,
    kind text not null,
    strategy text not null,
    winner text not null,
    constraint conflict_class_is_unique unique (app_id, entity, kind, strategy, winner)
);

-- What is known so far is known.
insert into synchealth.known_name (app_id, dimension, name)
select distinct c.app_id, d.dimension, d.name
from synchealth.core_segment c left join synchealth.segment s using (core_id)
cross join lateral (values ('environment', c.environment), ('app_version', c.app_version), ('os', c.os), ('os_version', s.os_version)) d (dimension, name)
where d.name <> '';
insert into synchealth.app_profile (app_id, profile_id)
select distinct c.app_id, e.profile_id from synchealth.event e join synchealth.segment s using (segment_id) join synchealth.core_segment c using (core_id);
insert into synchealth.known_name (app_id, dimension, name)
select distinct m.app_id, d.dimension, d.name
from synchealth.app_profile m join synchealth.device_profile p using (profile_id)
cross join lateral (
    select 'device_model', p.device_model
    union all select 'tag', j.key from jsonb_object_keys(p.tags) j (key)
    union all select 'tag:' || j.key, j.value from jsonb_each_text(p.tags) j) d (dimension, name)
where d.name <> '';
insert into synchealth.known_name (app_id, dimension, name)
select distinct c.app_id, 'error_code', x.code
from synchealth.event e join synchealth.segment s using (segment_id) join synchealth.core_segment c using (core_id) join synchealth.error x using (error_id)
where x.code <> '';
insert into synchealth.known_name (app_id, dimension, name)
select distinct c.app_id, 'conflict_entity', l.entity
from synchealth.event e join synchealth.segment s using (segment_id) join synchealth.core_segment c using (core_id)
cross join lateral jsonb_to_recordset(e.conflicts) l (entity text)
where l.entity <> '';
