-- Ids of (error kind, code); unknown ones are added first. Parallel arrays; their position from 0 comes back. @MaxErrorCodes: codes that an
-- app may use, the others become __other__. Indexes: known_name_pkey, error_is_unique.
insert into synchealth.known_name
select * from synchealth.admit(@Apps::text[], 'error_code', @Codes::text[], @MaxErrorCodes)
on conflict do nothing;

with bounded as materialized (
    select distinct w.kind, synchealth.known_or_other(a.app_id, 'error_code', w.code) as code
    from unnest(@Apps::text[], @Kinds::text[], @Codes::text[]) w (app, kind, code) join synchealth.app a on a.name = w.app
)
insert into synchealth.error (kind, code)
select b.kind, b.code from bounded b
where not exists (select 1 from synchealth.error e where e.kind = b.kind and e.code = b.code)
order by 1, 2
on conflict (kind, code) do nothing;

with bounded as materialized (
    select (w.n - 1)::integer as place, w.kind, synchealth.known_or_other(a.app_id, 'error_code', w.code) as code
    from unnest(@Apps::text[], @Kinds::text[], @Codes::text[]) with ordinality w (app, kind, code, n) join synchealth.app a on a.name = w.app
)
select b.place, e.error_id from bounded b join synchealth.error e using (kind, code);
