-- What the database called @name says about itself: the moment up to which it was filled, in ISO 8601. Nothing when it does not exist, null when its filling was broken off.
select shobj_description(oid, 'pg_database') from pg_database where datname = @name;
