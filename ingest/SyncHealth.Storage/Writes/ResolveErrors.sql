-- Ids of (error kind, code); unknown ones are added first. Parallel arrays; @Positions comes back. Index: error_is_unique.
insert into synchealth.error (kind, code)
select distinct w.kind, w.code
from unnest(@Kinds::text[], @Codes::text[]) w (kind, code)
where not exists (select 1 from synchealth.error e where e.kind = w.kind and e.code = w.code)
order by w.kind, w.code
on conflict (kind, code) do nothing;
select w.position, e.error_id
from unnest(@Positions::integer[], @Kinds::text[], @Codes::text[]) w (position, kind, code)
join synchealth.error e using (kind, code);
