-- The second channel: what an app's own sync server says of its devices, so that "its reports do not arrive" and "its syncs do not arrive" can be
-- told apart. Every column is the latest of what was sent, so that neither the order of arrival nor a resend changes anything.

-- Since when, and until when, an app's server has said anything at all: silence of a log that does not run proves nothing of any device.
create table synchealth.server_log (
    app_id integer primary key references synchealth.app,
    first_at timestamptz not null,              -- the server's clock
    last_at timestamptz not null,               -- the server's clock
    constraint server_log_is_a_span check (first_at <= last_at)
);

create table synchealth.server_word (
    device_key bigint primary key,              -- HMAC like every other key
    heard_at timestamptz not null,              -- the server's clock: when the device last reached it, to send or to fetch
    accepted_at timestamptz,                    -- when it last took changes of the device; null: it never did
    accepted_items integer not null default 0,  -- how many then
    constraint server_word_took_what_it_heard check (accepted_at <= heard_at),
    constraint server_word_items_have_their_time check ((accepted_at is not null) = (accepted_items > 0))
);

-- Keeps the latest of what the server of app_name said; returns the places, from 0, of contacts of devices that were erased, of whom nothing is kept.
-- It joins the writers first, whom an erasure waits for: each statement after that sees what was erased before. The app's row comes before its
-- devices' rows, so that two writers of an app wait for each other there and nowhere else.
create function synchealth.write_server_log(writers_lock bigint, app_name text, now timestamptz, device_keys bigint[], ats timestamptz[], accepted integer[])
returns setof integer language plpgsql as $$
begin
    perform pg_advisory_xact_lock_shared(writers_lock);
    insert into synchealth.app (name, first_seen_at)
    select app_name, now where not exists (select 1 from synchealth.app a where a.name = app_name)
    on conflict (name) do nothing;
    insert into synchealth.server_log as l (app_id, first_at, last_at)
    select a.app_id, min(t.at), max(t.at) from synchealth.app a cross join unnest(ats) t (at) where a.name = app_name group by a.app_id
    on conflict (app_id) do update set first_at = least(l.first_at, excluded.first_at), last_at = greatest(l.last_at, excluded.last_at);
    insert into synchealth.server_word as w (device_key, heard_at, accepted_at, accepted_items)
    select c.device_key, max(c.at), max(c.at) filter (where c.items > 0),
        coalesce((array_agg(c.items order by c.at desc, c.items desc) filter (where c.items > 0))[1], 0)
    from unnest(device_keys, ats, accepted) c (device_key, at, items)
    where not exists (select 1 from synchealth.erased_key k where k.kind = 'device' and k.key = c.device_key)
    group by c.device_key
    order by c.device_key
    on conflict (device_key) do update set heard_at = greatest(w.heard_at, excluded.heard_at),
        accepted_at = greatest(w.accepted_at, excluded.accepted_at),
        accepted_items = case
            when w.accepted_at is null or excluded.accepted_at > w.accepted_at then excluded.accepted_items
            when excluded.accepted_at = w.accepted_at then greatest(w.accepted_items, excluded.accepted_items)
            else w.accepted_items end;
    return query
    select (c.place - 1)::integer
    from unnest(device_keys) with ordinality c (device_key, place)
    where exists (select 1 from synchealth.erased_key k where k.kind = 'device' and k.key = c.device_key)
    order by 1;
end
$$;
