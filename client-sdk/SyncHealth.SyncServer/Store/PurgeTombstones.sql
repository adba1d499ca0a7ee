-- Forgets tombstones from before a moment and marks the accounts, so that tokens and cursors which have not passed them expire. Both are
-- one statement: a reader sees either the tombstones or the mark. Index note_tombstones.
with gone as (
  delete from notes.note where is_deleted and changed_at < @before returning account, version, changed_at
)
update notes.account a set purged_version = greatest(a.purged_version, g.highest), purged_at = greatest(a.purged_at, g.latest)
from (select account, max(version) as highest, max(changed_at) as latest from gone group by account) g
where a.account = g.account
