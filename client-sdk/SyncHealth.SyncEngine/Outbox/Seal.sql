-- Fixes the next operations under one idempotency key, before their first attempt: by priority, then the oldest. priorities: a JSON object of entity and
-- priority; passed_over: a JSON array of sequence numbers; limit in rows. Scans the outbox, which is short.
-- A note that the server knows by now cannot be inserted again, whatever the operation was when it was queued.
update outbox set batch_key = $key, priority = next.priority, base_version = next.version, kind = iif(outbox.kind = 1 and next.version > 0, 2, outbox.kind)
from (
  select waiting.sequence, waiting.priority, coalesce((select version from note where id = waiting.note_id), 0) as version
  from (
    select o.sequence, o.note_id, o.parent_id, coalesce(o.priority, (
      select value from json_each($priorities) where key = iif(instr(o.note_id, '/') > 0, substr(o.note_id, 1, instr(o.note_id, '/') - 1), 'note')), 1) as priority
    from outbox o where o.batch_key is null and o.parked_code is null
  ) as waiting
  where waiting.priority between $highest and $lowest and waiting.sequence not in (select value from json_each($passed_over))
    and not exists (select 1 from outbox sent where sent.note_id = waiting.note_id and sent.batch_key is not null)
    and not exists (select 1 from outbox parent where parent.note_id = waiting.parent_id)
  order by waiting.priority, waiting.sequence limit $limit
) as next
where outbox.sequence = next.sequence
