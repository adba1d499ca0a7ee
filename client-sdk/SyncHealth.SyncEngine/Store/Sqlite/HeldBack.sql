-- What waits and may not leave, or not yet: operations that build, over all generations, upon a record whose own operation the server has refused or that is
-- low; and low ones beside those. priorities: a JSON object of entity and priority. Scans the outbox, which is short.
with recursive ranked as (
  select o.note_id, o.parent_id, o.parked_code is not null as is_parked, coalesce(o.priority, (
    select value from json_each($priorities) where key = iif(instr(o.note_id, '/') > 0, substr(o.note_id, 1, instr(o.note_id, '/') - 1), 'note')), 1) as priority
  from outbox o
), blocked (id) as (
  select note_id from ranked where is_parked or priority = 2
  union
  select r.note_id from ranked r join blocked on r.parent_id = blocked.id
)
select count(*) filter (where parent_id in (select id from blocked)),
  count(*) filter (where priority = 2 and parent_id in (select id from blocked) is not true)
from ranked where not is_parked
