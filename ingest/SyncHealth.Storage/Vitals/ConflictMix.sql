-- Conflicts and discarded edits per group, point and way they went, most frequent first. Parameters as in ErrorCounts.
-- Indexes: primary keys of rollup_conflict_hour and rollup_conflict_day; event_stray and BRIN(received_at) for raw events.
select group_key as "GroupKey", at as "At", entity as "Entity", kind as "Kind", strategy as "Strategy", winner as "Winner",
    conflicts as "Conflicts", discarded as "Discarded"
from synchealth.conflict_mix(@app, @lo, @hi, @step::interval, @zone, @clock, @source, @by, @filters)
order by at, conflicts desc, discarded desc, entity, kind, strategy, winner;
