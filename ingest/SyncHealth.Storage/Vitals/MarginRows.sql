-- As VitalCounts, where the rows of a margin answer as they stand: a count of 0 is null, and a group may have several rows in a point, whose sum counts.
-- Parameters as there. Indexes: rollup_margin_pkey, rollup_margin_five, and those of the rollups for what is not folded and for single minutes.
select group_key as "GroupKey", at as "At",
    attempts as "Attempts", successes as "Successes", partials as "Partials", cancelled as "Cancelled", first_try as "FirstTry",
    offline_failures as "OfflineFailures", server_failures as "ServerFailures", app_failures as "AppFailures",
    over_60s as "Over60s", conflicted as "Conflicted",
    conflicts_lww as "ConflictsLww", conflicts_crdt as "ConflictsCrdt", conflicts_merge as "ConflictsMerge", conflicts_ot as "ConflictsOt",
    conflicts_manual as "ConflictsManual", conflicts_unresolved as "ConflictsUnresolved", conflicts_unknown as "ConflictsUnknown",
    discarded as "Discarded", pushed as "Pushed", pulled as "Pulled", bytes_up as "BytesUp", bytes_down as "BytesDown",
    success_sketch as "SuccessSketch", other_sketch as "OtherSketch"
from (
    select * from synchealth.margin_rows(@app, @lo, @hi, @step::interval, @zone, @source, @by, @filters)
    union all
    select * from synchealth.margin_sums(@app, @lo, @hi, @step::interval, @zone, @source, @by, @filters)) x;
