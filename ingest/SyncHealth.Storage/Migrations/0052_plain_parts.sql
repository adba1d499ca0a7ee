-- What answers a question is chosen when it is planned: vital_parts is a plain query that the planner puts into its caller, so the rows of an answer
-- are no longer copied once more on their way (a third of the database's time for twenty thousand points).

-- True, or an error that names the dimension.
create function synchealth.knows_dimensions(dimensions text[], filters text[]) returns boolean
language plpgsql immutable as $$
begin
    perform synchealth.refuse_unknown_dimensions(dimensions, filters);
    return true;
end
$$;

-- Whether the margin of one dimension answers a question of the event clock: its steps do not cut through the five minutes of a margin.
create function synchealth.is_marginal(source text, step interval, dimensions text[], filters text[]) returns boolean
language sql immutable parallel safe as $$
    select synchealth.margin_of(dimensions, filters) is not null and (source <> 'minute' or coalesce(extract(epoch from step) % 300 = 0, false))
$$;

-- The counts behind every vital sign, where a group may have several rows in a point, whose sum counts: lo, hi and source come from counted_range.
-- Of the five, the conditions leave one; knows_dimensions stands last, so that it is asked once.
create or replace function synchealth.vital_parts(
    app_name text, lo timestamptz, hi timestamptz, step interval, zone text, clock text, source text, dimensions text[], filters text[])
returns setof synchealth.vital_count
language sql stable as $$
    select p.* from synchealth.event_counts(app_name, lo, hi, step, zone, clock, dimensions, filters) p
    where source = 'event' and synchealth.knows_dimensions(dimensions, filters)
    union all
    select p.* from synchealth.fine_parts(app_name, lo, hi, step, zone, source, dimensions, filters) p
    where source like 'fine\_%' and synchealth.knows_dimensions(dimensions, filters)
    union all
    select p.* from synchealth.arrival_counts(app_name, lo, hi, step, zone, dimensions, filters) p
    where source in ('minute', 'hour', 'day') and clock = 'arrival' and synchealth.knows_dimensions(dimensions, filters)
    union all
    select p.* from synchealth.margin_parts(app_name, lo, hi, step, zone, source, dimensions, filters) p
    where source in ('minute', 'hour', 'day') and clock <> 'arrival' and synchealth.is_marginal(source, step, dimensions, filters)
      and synchealth.knows_dimensions(dimensions, filters)
    union all
    select p.* from synchealth.core_counts(app_name, lo, hi, step, zone, source, dimensions, filters) p
    where source in ('minute', 'hour', 'day') and clock <> 'arrival' and not synchealth.is_marginal(source, step, dimensions, filters)
      and synchealth.knows_dimensions(dimensions, filters)
$$;
