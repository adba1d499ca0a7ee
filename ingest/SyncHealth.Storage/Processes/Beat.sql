-- This process lives: says so, forgets those that have been silent for a day, and counts those that live. The database's clock and no
-- parameter: hosts' clocks differ, and a process must not seem dead for that. @id, @name: this process. By primary key; a scan of few rows.
with beat as (
    insert into synchealth.process (process_id, name, started_at, seen_at) values (@id, @name, clock_timestamp(), clock_timestamp())
    on conflict (process_id) do update set seen_at = excluded.seen_at
), gone as (
    delete from synchealth.process where seen_at < clock_timestamp() - interval '1 day' and process_id <> @id
)
select 1 + count(*) from synchealth.process where process_id <> @id and seen_at > clock_timestamp() - @silence::interval;
