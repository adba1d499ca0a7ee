-- Purpose: the id of a resource, stored at its first use. @json bytes. Index: unique key of resource.
insert into resource (json) values (@json) on conflict (json) do nothing;
select id from resource where json = @json;
