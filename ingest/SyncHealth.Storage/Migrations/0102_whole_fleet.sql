-- The past of the whole fleet from a few rows of each snapshot instead of one for each version, system and network: a chart of a week read twenty thousand of them,
-- 55 MB. Snapshots by system version count every device, and are no more than a handful of rows.

-- As before, and where no core dimension narrows or groups, from the snapshot by system version, where there is one (of the last 48 hours, and on the hour).
create or replace function synchealth.fleet_at(app_name text, moments timestamptz[], now_at timestamptz, dimensions text[], filters text[])
returns table (group_key text[], moment timestamptz, taken_at timestamptz, devices bigint, gone bigint, queue_sum bigint,
    oldest_pending_at timestamptz, depths bytea, pending_ages bytea, success_ages bytea)
language plpgsql stable set plan_cache_mode = force_custom_plan set jit = off as $$
declare
    app constant integer := (select a.app_id from synchealth.app a where a.name = app_name);
    is_whole constant boolean := dimensions <@ '{environment}' and not exists (select from unnest(filters) f where not starts_with(f, 'environment:'));
    core_only constant boolean := synchealth.is_core(dimensions, filters);
    base_at constant timestamptz := (
        select b.taken_at from synchealth.fleet_base b where b.taken_at <= now_at and b.taken_at > now_at - interval '12 hours');
begin
    perform synchealth.refuse_unknown_dimensions(dimensions, filters);
    if core_only and now_at > any (moments) then
        return query
        with core as materialized (select * from synchealth.core_groups(app_name, dimensions, filters)),
        taken as materialized (
            select m.moment, t.taken_at, is_whole and exists (
                select from synchealth.fleet_margin x where x.taken_at = t.taken_at and x.app_id = app and x.dimension = 'os_version') as is_margin
            from unnest(moments) m(moment)
            cross join lateral (
                select max(x.taken_at) as taken_at from synchealth.fleet_snapshot x
                where x.taken_at <= m.moment and x.taken_at > m.moment - interval '10 minutes') t
            where m.moment < now_at),
        part as (
            select g.group_key, t.moment, s.taken_at, s.devices, s.gone, s.queue_sum, s.oldest_pending_at, s.depths, s.pending_ages, s.success_ages
            from taken t
            join synchealth.fleet_snapshot s on s.taken_at = t.taken_at
            join core g using (core_id)
            where not t.is_margin
            union all
            select array(select x.environment from unnest(dimensions)), t.moment, x.taken_at, x.devices, x.gone, x.queue_sum, x.oldest_pending_at,
                x.depths, x.pending_ages, x.success_ages
            from taken t
            join synchealth.fleet_margin x on x.taken_at = t.taken_at and x.app_id = app and x.dimension = 'os_version'
            where t.is_margin and (filters = '{}' or 'environment:' || x.environment = any (filters)))
        select p.group_key, p.moment, p.taken_at, sum(p.devices), sum(p.gone), sum(p.queue_sum)::bigint, min(p.oldest_pending_at),
            string_agg(p.depths, ''::bytea), string_agg(p.pending_ages, ''::bytea), string_agg(p.success_ages, ''::bytea)
        from part p
        group by 1, 2, 3;
    elsif now_at > any (moments) and synchealth.fleet_margin_of(dimensions, filters) is not null then
        return query select * from synchealth.fleet_margin_at(app_name, moments, now_at, dimensions, filters);
    end if;
    if now_at <= any (moments) and core_only and base_at is not null then
        return query
        select f.group_key, now_at, base_at, f.devices, f.gone, f.queue_sum, f.oldest_pending_at, f.depths, f.pending_ages, f.success_ages
        from synchealth.fleet_standing_now(app_name, base_at, now_at, dimensions, filters) f;
    elsif now_at <= any (moments) then
        return query
        select f.group_key, now_at, now_at, f.devices, f.gone, f.queue_sum, f.oldest_pending_at, f.depths, f.pending_ages, f.success_ages
        from synchealth.fleet_now(app_name, now_at, dimensions, filters) f;
    end if;
end
$$;
