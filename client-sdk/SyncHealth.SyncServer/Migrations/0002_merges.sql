-- Devices that merge concurrent edits themselves (field by field): the server takes nothing of a note that has moved on.
-- Applies one operation under the account's lock; returns its result, and the version it has used up (or the one before).
create or replace function notes.apply_operation(p_account text, p_device text, p_operation jsonb, p_next bigint, p_now timestamptz, out result jsonb, out used boolean)
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
  conflict jsonb;
begin
  used := false;
  if kind not in ('insert', 'update', 'delete') or length(p_operation ->> 'title') > 500 or length(p_operation ->> 'body') > 65536 then
    result := jsonb_build_object('id', note_id, 'status', 'rejected', 'version', 0, 'editedAt', stamp, 'reason',
      case when kind in ('insert', 'update', 'delete') then 'too_large' else 'unknown_kind' end);
    return;
  end if;

  select * into present from notes.note n where n.account = p_account and n.id = note_id;
  wanted := row(p_account, note_id, p_next, p_operation ->> 'title', p_operation ->> 'body', stamp, p_device, kind = 'delete', p_now)::notes.note;

  if present.id is null and base > 0 and kind <> 'delete' then
    -- Deleted long ago, and the tombstone is forgotten: an edit from before must not bring the note back.
    wanted.version := 0; wanted.is_deleted := true; wanted.title := ''; wanted.body := '';
    result := jsonb_build_object('id', note_id, 'status', 'superseded', 'version', 0, 'editedAt', stamp,
      'conflict', jsonb_build_object('kind', 'update_delete', 'winner', 'remote'), 'current', notes.change_json(wanted));
    return;
  end if;

  if present.id is null and kind = 'delete'
    or present.is_deleted and wanted.is_deleted
    or present.device = p_device and present.edited_at = stamp then
    -- Both sides agree already, or this very edit has arrived before: nothing to do, and no conflict with oneself.
    result := jsonb_build_object('id', note_id, 'status', 'applied', 'version', coalesce(present.version, 0), 'editedAt', coalesce(present.edited_at, stamp));
    return;
  end if;

  if present.version > base and present.device <> p_device
    and (present.title, present.body, present.is_deleted) is distinct from (wanted.title, wanted.body, wanted.is_deleted) then
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
