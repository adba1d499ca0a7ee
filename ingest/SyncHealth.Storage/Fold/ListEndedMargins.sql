-- Margins of one grain that start from @From to @Before and whose two sketches have @LeastBytes and more, the longest first, at most @MaxRows. @Grain: as in rollup_margin.
-- Index: rollup_margin_pkey. The caller holds the fold's lock.
select r.app_id as "AppId", r.dimension as "Dimension", r.environment as "Environment", r.value as "Value", r.bucket_at as "At",
    r.success_sketch as "SuccessSketch", r.other_sketch as "OtherSketch"
from synchealth.app a
cross join unnest(array['app_version', 'os', 'network', 'os_version', 'type', 'trigger']) d (dimension)
join synchealth.rollup_margin r
    on r.app_id = a.app_id and r.dimension = d.dimension and r.grain = @Grain::smallint and r.bucket_at >= @From and r.bucket_at <= @Before
where octet_length(r.success_sketch) + octet_length(r.other_sketch) >= @LeastBytes
order by octet_length(r.success_sketch) + octet_length(r.other_sketch) desc
limit @MaxRows;
