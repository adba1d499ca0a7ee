-- Process ids of the server: backends and its own helpers.
select pid from pg_stat_activity;
