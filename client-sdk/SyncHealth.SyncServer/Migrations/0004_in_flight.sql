-- A push that arrives while one of the same key is still being worked on is told so, and comes again: until now it waited for the other one's locks, and
-- held a connection meanwhile, one for each attempt of a device that had given up waiting.
-- Otherwise as in 0003. verdict: answered, in_flight, or reused: the key was used with other operations before. response: only of answered.
drop function notes.take_push(text, text, text, bytea, jsonb, timestamptz);
create function notes.take_push(
  p_account text, p_device text, p_key text, p_hash bytea, p_operations jsonb, p_now timestamptz, out verdict text, out response text)
language plpgsql as $$
declare
  head bigint;
  moment timestamptz;
  known notes.push;
  outcome record;
  results jsonb[] := '{}';
  operation jsonb;
begin
  -- Held to the end of the transaction, also of one that is killed. Two keys of one hash are told to come again for nothing, and do.
  if not pg_try_advisory_xact_lock(hashtextextended(length(p_account) || ':' || p_account || p_key, 0)) then
    verdict := 'in_flight';
    return;
  end if;

  select version, changed_at into head, moment from notes.account where account = p_account for update;
  if head is null then
    insert into notes.account (account) values (p_account) on conflict do nothing;
    select version, changed_at into head, moment from notes.account where account = p_account for update;
  end if;

  select * into known from notes.push where account = p_account and key = p_key;
  if known.key is not null then
    verdict := case when known.request_hash = p_hash then 'answered' else 'reused' end;
    response := case when known.request_hash = p_hash then known.response end;
    return;
  end if;

  moment := greatest(p_now, moment + interval '1 microsecond');
  for operation in select value from jsonb_array_elements(p_operations) loop
    select * into outcome from notes.apply_operation(p_account, p_device, operation, head + 1, p_now, moment);
    if outcome.used then
      head := head + 1;
    end if;
    results := results || outcome.result;
  end loop;

  verdict := 'answered';
  response := jsonb_build_object('results', to_jsonb(results))::text;
  update notes.account set version = head, changed_at = moment where account = p_account;
  insert into notes.push (account, key, request_hash, response, pushed_at) values (p_account, p_key, p_hash, response, p_now);
end $$;
