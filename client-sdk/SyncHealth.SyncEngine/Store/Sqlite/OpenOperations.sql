-- What may go into a batch now, by priority, then the oldest. priorities: a JSON object of entity and priority; passed_over: a JSON array of sequence
-- numbers; limit in rows; times in ms since 1970. Scans the outbox, which is short.
select w.sequence, w.note_id, w.kind, w.title, w.body, w.edited_at, coalesce(w.base_version, 0), w.edits, w.queued_at, w.batch_key, w.parked_code, w.strikes,
  w.priority, w.parent_id
from (
  select o.*, coalesce(o.priority, (
    select value from json_each($priorities) where key = iif(instr(o.note_id, '/') > 0, substr(o.note_id, 1, instr(o.note_id, '/') - 1), 'note')), 1) as leaves
  from outbox o where o.batch_key is null and o.parked_code is null
) w
where w.leaves between $highest and $lowest and w.sequence not in (select value from json_each($passed_over))
  and not exists (select 1 from outbox sent where sent.note_id = w.note_id and sent.batch_key is not null)
  and not exists (select 1 from outbox parent where parent.note_id = w.parent_id)
order by w.leaves, w.sequence limit $limit
