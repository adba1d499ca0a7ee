-- What an account has beyond the versions that a device knows, lowest version first; and, at version 0, what the device knows and the server does not any
-- more: deleted so long ago that the tombstone is forgotten. known: a JSON object of id and version; limit in rows. Scans the account's notes.
with known as (
  select key as id, value::bigint as version from jsonb_each_text(@known)
)
select a.version as head, (select coalesce(max(k.version), 0) from known k) as highest_known,
  n.id, n.version, n.title, n.body, n.edited_at, n.device, n.is_deleted
from notes.account a
left join lateral (
  (select n.id, n.version, n.title, n.body, n.edited_at, n.device, n.is_deleted
   from notes.note n left join known k on k.id = n.id
   where n.account = a.account and (n.version > k.version or k.version is null and not n.is_deleted)
   order by n.version limit @limit)
  union all
  select k.id, 0, '', '', 0, '', true
  from known k where not exists (select 1 from notes.note n where n.account = a.account and n.id = k.id)
) n on true
where a.account = @account
order by n.version, n.id
