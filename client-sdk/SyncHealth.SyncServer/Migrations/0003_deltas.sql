-- Deltas by timestamp and by version map beside the opaque token.
--
-- A timestamp is a safe cursor only when it is given out in the order of commits: changed_at was the moment at which the request had been read, and of two
-- pushes at once the later one could commit first; a reader between them then never saw the other. Now it is given out under the account's lock,
-- strictly after the one before, and all rows of one push share it.
alter table notes.account add column changed_at timestamptz not null default '-infinity';  -- highest changed_at given out
alter table notes.account add column purged_at timestamptz not null default '-infinity';   -- highest changed_at of a forgotten tombstone
update notes.account a set changed_at = n.latest
from (select account, max(changed_at) as latest from notes.note group by account) n
where n.account = a.account;
-- Which moments have been forgotten so far is not known: up to now, then, where anything has.
update notes.account set purged_at = changed_at where purged_version > 0;
create index note_by_change on notes.note (account, changed_at, id);

-- Two edits of one device whose clock runs far ahead are put at the same bounded moment when they arrive within one millisecond: the second is another
-- edit all the same, not the first one once more. Otherwise as in 0002.
drop function notes.apply_operation(text, text, jsonb, bigint, timestamptz);
create function notes.apply_operation(
  p_account text, p_device text, p_operation jsonb, p_next bigint, p_now timestamptz, p_changed_at timestamptz, out result jsonb, out used boolean)
language plpgsql as $$
declare
  max_ahead_ms constant bigint := 5 * 60 * 1000;  -- a device whose clock runs years ahead may win for five minutes, not for years
  now_ms constant bigint := floor(extract(epoch from p_now) * 1000);
  kind constant text := p_operation ->> 'kind';
  note_id constant text := p_operation ->> 'id';
  base constant bigint := (p_operation ->> 'baseVersion')::bigint;
  stamp bigint := least((p_operation ->> 'editedAt')::bigint, now_ms + max_ahead_ms);
  wanted notes.note;
  present notes.note;
  is_same boolean;
  conflict jsonb;
begin
  used := false;
  if kind not in ('insert', 'update', 'delete') or length(p_operation ->> 'title') > 500 or length(p_operation ->> 'body') > 65536 then
    result := jsonb_build_object('id', note_id, 'status', 'rejected', 'version', 0, 'editedAt', stamp, 'reason',
      case when kind in ('insert', 'update', 'delete') then 'too_large' else 'unknown_kind' end);
    return;
  end if;

  select * into present from notes.note n where n.account = p_account and n.id = note_id;
  wanted := row(p_account, note_id, p_next, p_operation ->> 'title', p_operation ->> 'body', stamp, p_device, kind = 'delete', p_changed_at)::notes.note;

  if present.id is null and base > 0 and kind <> 'delete' then
    -- Deleted long ago, and the tombstone is forgotten: an edit from before must not bring the note back.
    wanted.version := 0; wanted.is_deleted := true; wanted.title := ''; wanted.body := '';
    result := jsonb_build_object('id', note_id, 'status', 'superseded', 'version', 0, 'editedAt', stamp,
      'conflict', jsonb_build_object('kind', 'update_delete', 'winner', 'remote'), 'current', notes.change_json(wanted));
    return;
  end if;

  is_same := (present.title, present.body, present.is_deleted) is not distinct from (wanted.title, wanted.body, wanted.is_deleted);
  if present.id is null and kind = 'delete'
    or present.is_deleted and wanted.is_deleted
    or is_same and present.device = p_device and present.edited_at = stamp then
    -- Both sides agree already, or this very edit has arrived before: nothing to do, and no conflict with oneself.
    result := jsonb_build_object('id', note_id, 'status', 'applied', 'version', coalesce(present.version, 0), 'editedAt', coalesce(present.edited_at, stamp));
    return;
  end if;

  if present.version > base and present.device <> p_device and not is_same then
    if coalesce((p_operation ->> 'merges')::boolean, false) then
      -- The device decides: it gets the edit that stands and comes back with what it makes of both.
      result := jsonb_build_object('id', note_id, 'status', 'superseded', 'version', present.version, 'editedAt', present.edited_at,
        'current', notes.change_json(present));
      return;
    end if;
    conflict := jsonb_build_object(
      'kind', case when base = 0 then 'insert_insert' when wanted.is_deleted then 'delete_update' when present.is_deleted then 'update_delete' else 'update_update' end,
      'winner', case when (stamp, p_device collate "C") > (present.edited_at, present.device) then 'local' else 'remote' end);
    if conflict ->> 'winner' = 'remote' then
      result := jsonb_build_object('id', note_id, 'status', 'superseded', 'version', present.version, 'editedAt', present.edited_at,
        'conflict', conflict, 'current', notes.change_json(present));
      return;
    end if;
  end if;

  insert into notes.note as n select wanted.*
  on conflict on constraint note_key do update set version = excluded.version, title = excluded.title, body = excluded.body,
    edited_at = greatest(excluded.edited_at, n.edited_at), device = excluded.device, is_deleted = excluded.is_deleted, changed_at = excluded.changed_at
  returning n.edited_at into stamp;
  used := true;
  result := jsonb_strip_nulls(jsonb_build_object('id', note_id, 'status', 'applied', 'version', p_next, 'editedAt', stamp,
    'conflict', conflict, 'current', case when conflict is not null then notes.change_json(present) end));
end $$;

-- Takes a push: the effect and the record of its idempotency key are one transaction. As in 0001, with the moment of the push given out under the lock.
-- Returns null for a key that was used with other operations before.
create or replace function notes.take_push(p_account text, p_device text, p_key text, p_hash bytea, p_operations jsonb, p_now timestamptz) returns text
language plpgsql as $$
declare
  head bigint;
  moment timestamptz;
  known notes.push;
  outcome record;
  results jsonb[] := '{}';
  operation jsonb;
  response text;
begin
  select version, changed_at into head, moment from notes.account where account = p_account for update;
  if head is null then
    insert into notes.account (account) values (p_account) on conflict do nothing;
    select version, changed_at into head, moment from notes.account where account = p_account for update;
  end if;

  select * into known from notes.push where account = p_account and key = p_key;
  if known.key is not null then
    return case when known.request_hash = p_hash then known.response end;
  end if;

  moment := greatest(p_now, moment + interval '1 microsecond');
  for operation in select value from jsonb_array_elements(p_operations) loop
    select * into outcome from notes.apply_operation(p_account, p_device, operation, head + 1, p_now, moment);
    if outcome.used then
      head := head + 1;
    end if;
    results := results || outcome.result;
  end loop;

  response := jsonb_build_object('results', to_jsonb(results))::text;
  update notes.account set version = head, changed_at = moment where account = p_account;
  insert into notes.push (account, key, request_hash, response, pushed_at) values (p_account, p_key, p_hash, response, p_now);
  return response;
end $$;
