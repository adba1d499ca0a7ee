-- Erasing a device or a user: what stays is a tombstone, so that what was still on its way is refused, and a record that names nobody.

-- Keys that were erased, as HMAC like every other key; nothing else of them is left. Small: one row per request of a person.
-- Written under the exclusive lock of the writers (see Erasure/HoldWriters.sql), so that numbers grow in the order of commits and a writer
-- that knows all up to one number has missed none.
create table synchealth.erased_key (
    erased_no bigint generated always as identity primary key,
    kind text not null,
    key bigint not null,
    asked_at timestamptz not null,              -- shared clock
    done_at timestamptz,                        -- shared clock; null: rows may be left, whoever maintains goes on
    constraint erased_key_is_unique unique (kind, key),
    constraint erased_key_kind_is_known check (kind in ('device', 'user'))
);
create index erased_key_unfinished on synchealth.erased_key (asked_at) where done_at is null;

-- That it was done, how much it was, and of which app: never of whom.
create table synchealth.erasure (
    erasure_id bigint generated always as identity primary key,
    app_name text,                              -- null: resumed after a break, when nobody remembered
    kind text not null,
    devices bigint not null,
    events bigint not null,
    other_rows bigint not null,
    done_at timestamptz not null,               -- shared clock
    constraint erasure_kind_is_known check (kind in ('device', 'user', 'resumed'))
);

-- The keys of a device set without some of them. Keys are 8 bytes each, in any order, and may repeat.
create function synchealth.without_devices(keys bytea, gone bigint[]) returns bytea
language sql immutable parallel safe
return (
    select coalesce(string_agg(m.key, ''::bytea order by m.i), '')
    from (select i, substring(keys from i + 1 for 8) as key from generate_series(0, length(keys) - 8, 8) i) m
    where m.key <> all (select int8send(g) from unnest(gone) g));
