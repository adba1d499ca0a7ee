-- Whose failure an attempt is stood in three places; it stands in one.

-- Nobody's, the network's (offline), the server's or the app's; null where there was no attempt (outcome 0). kind: of the error, null or '' where none was
-- reported. The twin of Writes/Ending.cs.
create function synchealth.blame(outcome smallint, kind text) returns text
language sql immutable parallel safe
return case
    when outcome in (1, 2) then 'nobody'
    when outcome = 3 and kind = 'offline' then 'offline'
    when outcome = 3 and kind in ('timeout', 'server', 'auth', 'denied') then 'server'
    when outcome > 0 then 'app'
end;

-- What an event itself says: its outcome and the kind of its error. error_id 0 stands for none.
create or replace function synchealth.ending_groups(dimensions text[], filters text[])
returns table (outcome smallint, error_id integer, blame text, group_key text[])
language sql stable as $$
    select o.outcome, x.error_id, synchealth.blame(o.outcome, x.kind), k.group_key
    from synchealth.outcome o
    cross join (select 0 as error_id, '' as kind union all select e.error_id, e.kind from synchealth.error e) x
    cross join lateral (select jsonb_build_object('outcome', o.name, 'error_kind', x.kind) as held) h
    cross join lateral synchealth.passing(filters, h.held)
    cross join lateral synchealth.picked(dimensions, h.held) k
    where o.outcome > 0
$$;
