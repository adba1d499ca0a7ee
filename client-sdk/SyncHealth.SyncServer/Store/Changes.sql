-- A page of an account's changes. after, limit in versions and rows; index note_by_version.
-- One statement, so one snapshot: every version up to head is in it. total: how many there are in all, counted once, for the first page.
select a.version as head, a.purged_version, n.id, n.version, n.title, n.body, n.edited_at, n.device, n.is_deleted, c.total
from notes.account a
cross join lateral (select count(*) as total from notes.note where account = a.account and @after = 0) c
left join lateral (
  select * from notes.note where account = a.account and version > @after order by version limit @limit
) n on true
where a.account = @account
order by n.version
