-- Process ids of the sessions of this database, without the server's own helpers, which work for others too.
select pid from pg_stat_activity where datname = current_database() and backend_type = 'client backend';
