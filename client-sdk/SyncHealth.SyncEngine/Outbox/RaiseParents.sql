-- What an operation builds upon leaves no later than itself, over all generations. Index outbox_by_note.
with recursive needed (id) as (
  select parent_id from outbox where note_id = $note_id and parent_id is not null
  union
  select o.parent_id from outbox o join needed on o.note_id = needed.id where o.parent_id is not null
)
update outbox set priority = $priority
where note_id in (select id from needed) and batch_key is null and parked_code is null and coalesce(priority, 3) > $priority
