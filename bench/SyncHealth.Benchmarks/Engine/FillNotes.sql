-- Notes of one account with bodies of about a hundred bytes, as if each had been pushed by itself. rows: how many; now: their moment.
with owner as (
  insert into notes.account (account, version, changed_at) values (@account, @rows, @now) returning account
)
insert into notes.note (account, id, version, title, body, edited_at, device, is_deleted, changed_at)
select o.account, 'n' || lpad(n::text, 7, '0'), n, 'note ' || n, repeat(md5(n::text), 3), 1700000000000 + n, 'filler', false, @now
from owner o, generate_series(1, @rows) n
