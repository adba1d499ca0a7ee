-- Ids of the ways in which conflicts go; unknown ones are added first. Parallel arrays; their position from 0 comes back.
-- @MaxConflictEntities: entity types that an app may use, the others become __other__. Indexes: known_name_pkey, conflict_class_is_unique.
insert into synchealth.known_name
select * from synchealth.admit(@Apps::text[], 'conflict_entity', @Entities::text[], @MaxConflictEntities)
on conflict do nothing;

with bounded as materialized (
    select distinct a.app_id, synchealth.known_or_other(a.app_id, 'conflict_entity', w.entity) as entity, w.kind, w.strategy, w.winner
    from unnest(@Apps::text[], @Entities::text[], @Kinds::text[], @Strategies::text[], @Winners::text[]) w (app, entity, kind, strategy, winner)
    join synchealth.app a on a.name = w.app
)
insert into synchealth.conflict_class (app_id, entity, kind, strategy, winner)
select * from bounded b
where not exists (
    select 1 from synchealth.conflict_class c where (c.app_id, c.entity, c.kind, c.strategy, c.winner) = (b.app_id, b.entity, b.kind, b.strategy, b.winner))
order by 1, 2, 3, 4, 5
on conflict (app_id, entity, kind, strategy, winner) do nothing;

with bounded as materialized (
    select (w.n - 1)::integer as place, a.app_id, synchealth.known_or_other(a.app_id, 'conflict_entity', w.entity) as entity, w.kind, w.strategy, w.winner
    from unnest(@Apps::text[], @Entities::text[], @Kinds::text[], @Strategies::text[], @Winners::text[]) with ordinality w (app, entity, kind, strategy, winner, n)
    join synchealth.app a on a.name = w.app
)
select b.place, c.conflict_id from bounded b join synchealth.conflict_class c using (app_id, entity, kind, strategy, winner);
