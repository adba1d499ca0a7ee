-- Purpose: what the install was as of its last event. No parameters. Index: primary key of resource.
select json from resource order by id desc limit 1;
