-- Remembers how large @Index (quoted) is a row now that it was built anew, and forgets indexes that are gone.
with gone as (
    delete from synchealth.index_build b where not exists (select from synchealth.index_size s where s.index_name = b.index_name)
)
insert into synchealth.index_build (index_name, bytes_a_row, built_at)
select s.index_name, s.bytes / s.row_count::double precision, @Now::timestamptz from synchealth.index_size s where s.index_name = @Index and s.row_count > 0
on conflict (index_name) do update set bytes_a_row = excluded.bytes_a_row, built_at = excluded.built_at;
