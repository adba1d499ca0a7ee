-- As VitalCounts, where the rows of a margin answer as they stand: a count of 0 is null, and a group may have several rows in a point, whose sum counts. What is not asked for is
-- null, or an empty sketch: to send it would take most of the time.
-- Parameters as there, and @outcomes, @durations, @conflicts, @volumes (bool): what is asked for. Indexes: rollup_margin_pkey, rollup_margin_five, and those of the rollups for what
-- is not folded and for single minutes.
select group_key as "GroupKey", at as "At", attempts as "Attempts", successes as "Successes",
    case when @outcomes then partials end as "Partials", case when @outcomes then cancelled end as "Cancelled", case when @outcomes then first_try end as "FirstTry",
    case when @outcomes then offline_failures end as "OfflineFailures", case when @outcomes then server_failures end as "ServerFailures",
    case when @outcomes then app_failures end as "AppFailures",
    over_60s as "Over60s", conflicted as "Conflicted",
    case when @conflicts then conflicts_lww end as "ConflictsLww", case when @conflicts then conflicts_crdt end as "ConflictsCrdt",
    case when @conflicts then conflicts_merge end as "ConflictsMerge", case when @conflicts then conflicts_ot end as "ConflictsOt",
    case when @conflicts then conflicts_manual end as "ConflictsManual", case when @conflicts then conflicts_unresolved end as "ConflictsUnresolved",
    case when @conflicts then conflicts_unknown end as "ConflictsUnknown", case when @conflicts then discarded end as "Discarded",
    case when @volumes then pushed end as "Pushed", case when @volumes then pulled end as "Pulled",
    case when @volumes then bytes_up end as "BytesUp", case when @volumes then bytes_down end as "BytesDown",
    case when @durations then success_sketch else ''::bytea end as "SuccessSketch", case when @durations then other_sketch else ''::bytea end as "OtherSketch"
from (
    select * from synchealth.margin_rows(@app, @lo, @hi, @step::interval, @zone, @source, @by, @filters)
    union all
    select * from synchealth.margin_sums(@app, @lo, @hi, @step::interval, @zone, @source, @by, @filters)) x;
