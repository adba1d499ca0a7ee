-- A page of an account's changes since a moment of its clock. limit in rows; after_id: the last id of a page that ended inside that moment, else null.
-- Index note_by_change. One statement, so one snapshot: every change up to head is in it.
select a.changed_at as head, a.purged_at, n.id, n.version, n.title, n.body, n.edited_at, n.device, n.is_deleted, n.changed_at
from notes.account a
left join lateral (
  select * from notes.note where account = a.account and changed_at >= @moment and (changed_at > @moment or id > @after_id)
  order by changed_at, id limit @limit
) n on true
where a.account = @account
order by n.changed_at, n.id
