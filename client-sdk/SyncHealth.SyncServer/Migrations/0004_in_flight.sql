-- A push that arrives while one of the same key is still being worked on is told so, and comes again: until now it waited for the other one's locks, and
-- held a connection meanwhile, one for each attempt of a device that had given up waiting.
-- A function beside take_push, which a server of before goes on calling while a new one has migrated already.
-- verdict: answered, in_flight, or reused: the key was used with other operations before. response: only of answered.
create function notes.receive_push(
  p_account text, p_device text, p_key text, p_hash bytea, p_operations jsonb, p_now timestamptz, out verdict text, out response text)
language plpgsql as $$
begin
  -- Held to the end of the transaction, also of one that is killed. Two keys of one hash are told to come again for nothing, and do.
  if not pg_try_advisory_xact_lock(hashtextextended(length(p_account) || ':' || p_account || p_key, 0)) then
    verdict := 'in_flight';
    return;
  end if;
  response := notes.take_push(p_account, p_device, p_key, p_hash, p_operations, p_now);
  verdict := case when response is null then 'reused' else 'answered' end;
end $$;
