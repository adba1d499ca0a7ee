-- Adds counts to one rollup by segment. @Table: its name. Parallel arrays, in key order; see fold_rollup. The caller holds the fold's lock.
-- Returns the rows whose sketches have grown beyond @MaxSketchBytes by concatenation. Upserts by primary key.
select r.id as "Id", r.promoted_id as "PromotedId", r.at as "At", r.lag_class as "LagClass", r.success_sketch as "SuccessSketch", r.other_sketch as "OtherSketch"
from synchealth.fold_rollup(
    @Table, @id::integer[], @promoted_id::integer[], @at::timestamptz[], @lag_class::smallint[], @attempts::integer[], @successes::integer[], @partials::integer[],
    @cancelled::integer[], @first_try::integer[], @offline_failures::integer[], @server_failures::integer[], @app_failures::integer[], @over_60s::integer[],
    @conflicted::integer[], @conflicts_lww::bigint[], @conflicts_crdt::bigint[], @conflicts_merge::bigint[], @conflicts_ot::bigint[], @conflicts_manual::bigint[],
    @conflicts_unresolved::bigint[], @conflicts_unknown::bigint[], @discarded::bigint[], @retries::bigint[], @pushed::bigint[], @pulled::bigint[], @applied::bigint[],
    @rejected::bigint[], @bytes_up::bigint[], @bytes_down::bigint[], @duration_ms_sum::bigint[], @success_sketch::bytea[], @other_sketch::bytea[], @MaxSketchBytes) r;
