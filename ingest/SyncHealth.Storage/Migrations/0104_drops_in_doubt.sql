-- Losses that may be none: a device gives up a batch that it sent and got no answer for. It says which numbers that were, and between which of its times; what of
-- them is here counts, and is not lost.
alter table synchealth.reported_drop
    add column first_seq bigint,                            -- all four null: nothing of it can be here
    add column last_seq bigint,
    add column first_at timestamptz,                        -- the device's clock, as sent
    add column last_at timestamptz,
    add column arrived bigint not null default 0,           -- what was here when it was told: raw events may go before this row does
    add constraint reported_drop_doubt_is_whole check (num_nulls(first_seq, last_seq, first_at, last_at) in (0, 4));

-- How many of a device's numbers @low_seq to @high_seq are here, with times from @low_at to @high_at by its own clock. Index: event_identity.
create function synchealth.numbers_here(of_device bigint, low_seq bigint, high_seq bigint, low_at timestamptz, high_at timestamptz) returns bigint
language sql stable
as $$
    select count(*) from synchealth.event e
    where e.device_key = of_device and e.device_at between low_at and high_at and e.seq between low_seq and high_seq
$$;

-- What a device's account of a loss comes to: less what of it arrived, before it was told or since.
create function synchealth.lost_of(told synchealth.reported_drop) returns bigint
language sql stable
as $$
    select case when told.first_seq is null then told.count
        else greatest(0, told.count - greatest(told.arrived, synchealth.numbers_here(told.device_key, told.first_seq, told.last_seq, told.first_at, told.last_at))) end
$$;
