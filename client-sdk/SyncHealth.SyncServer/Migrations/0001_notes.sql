-- Schema of the reference notes server (PostgreSQL 15 to 18). Apart from the schema synchealth: the platform never reads it.
--
-- No row is ever skipped. Every write of an account takes that account's row first and holds its lock to the commit, and
-- versions are given out under that lock. So versions of one account become visible in their own order: a reader that sees
-- version 7 sees every version below 7, and "everything above the highest version I have seen" cannot miss one. Accounts do
-- not wait for each other.
create table notes.account (
  account text primary key,
  version bigint not null default 0,          -- highest version given out
  purged_version bigint not null default 0,   -- highest version of a forgotten tombstone: tokens below it have expired
  constraint account_length check (length(account) between 1 and 200),
  constraint account_versions check (version >= purged_version and purged_version >= 0)
);

create table notes.note (
  account text not null,
  id text not null,
  version bigint not null,                    -- position in the account's order of commits; a later change moves the note up
  title text not null,
  body text not null,
  edited_at bigint not null,                  -- ms since 1970 by the editing device, at most five minutes ahead of this server
  device text not null collate "C",           -- breaks ties of edited_at, byte by byte as the devices do
  is_deleted boolean not null,
  changed_at timestamptz not null,            -- by this server's clock: retention of tombstones
  constraint note_key primary key (account, id),
  constraint note_id_length check (length(id) between 1 and 200)
);
create unique index note_by_version on notes.note (account, version);
create index note_tombstones on notes.note (changed_at) where is_deleted;

create table notes.push (
  account text not null,
  key text not null,                          -- Idempotency-Key
  request_hash bytea not null,                -- SHA-256 of the operations: the same key with others is a mistake
  response text not null,                     -- sent again word for word
  pushed_at timestamptz not null,
  constraint push_key primary key (account, key),
  constraint push_key_length check (length(key) between 1 and 255)
);
create index push_by_age on notes.push (pushed_at);

-- What both sides of a conflict look like on the wire.
create function notes.change_json(note notes.note) returns jsonb language sql immutable return jsonb_build_object(
  'id', note.id, 'version', note.version, 'title', note.title, 'body', note.body,
  'editedAt', note.edited_at, 'device', note.device, 'isDeleted', note.is_deleted);

-- Applies one operation under the account's lock; returns its result, and the version it has used up (or the one before).
create function notes.apply_operation(p_account text, p_device text, p_operation jsonb, p_next bigint, p_now timestamptz, out result jsonb, out used boolean)
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

-- Takes a push: the effect and the record of its idempotency key are one transaction.
-- Returns null for a key that was used with other operations before.
create function notes.take_push(p_account text, p_device text, p_key text, p_hash bytea, p_operations jsonb, p_now timestamptz) returns text
language plpgsql as $$
declare
  head bigint;
  known notes.push;
  outcome record;
  results jsonb[] := '{}';
  operation jsonb;
  response text;
begin
  select version into head from notes.account where account = p_account for update;
  if head is null then
    insert into notes.account (account) values (p_account) on conflict do nothing;
    select version into head from notes.account where account = p_account for update;
  end if;

  select * into known from notes.push where account = p_account and key = p_key;
  if known.key is not null then
    return case when known.request_hash = p_hash then known.response end;
  end if;

  for operation in select value from jsonb_array_elements(p_operations) loop
    select * into outcome from notes.apply_operation(p_account, p_device, operation, head + 1, p_now);
    if outcome.used then
      head := head + 1;
    end if;
    results := results || outcome.result;
  end loop;

  response := jsonb_build_object('results', to_jsonb(results))::text;
  update notes.account set version = head where account = p_account;
  insert into notes.push (account, key, request_hash, response, pushed_at) values (p_account, p_key, p_hash, response, p_now);
  return response;
end $$;
