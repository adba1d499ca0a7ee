-- Changes some notes of an account, others in each round, in one push. Primary key; 7919 and 991 are primes, so that rounds spread over the ids.
with head as (
  update notes.account set version = version + @changes where account = @account returning account, version - @changes as version
), picked as (
  select n as place, 'n' || lpad((1 + (@round * 7919 + n * 991) % h.total)::text, 7, '0') as id
  from generate_series(1, @changes) n, (select count(*) as total from notes.note where account = @account) h
), moved as (
  update notes.note t set version = h.version + p.place, body = repeat(md5(t.body), 3), edited_at = t.edited_at + 1
  from head h, picked p where t.account = h.account and t.id = p.id
  returning t.id
)
select count(*) from moved
