-- As VitalCounts, where attempts, successes, those over 60 s and those with conflicts are all that is wanted: the other counts may be 0, and sketches empty.
-- Parameters as there. Indexes: primary keys and bucket indexes of the rollups.
select group_key as "GroupKey", at as "At",
    attempts as "Attempts", successes as "Successes", partials as "Partials", cancelled as "Cancelled", first_try as "FirstTry",
    offline_failures as "OfflineFailures", server_failures as "ServerFailures", app_failures as "AppFailures",
    over_60s as "Over60s", conflicted as "Conflicted",
    conflicts_lww as "ConflictsLww", conflicts_crdt as "ConflictsCrdt", conflicts_merge as "ConflictsMerge", conflicts_ot as "ConflictsOt",
    conflicts_manual as "ConflictsManual", conflicts_unresolved as "ConflictsUnresolved", conflicts_unknown as "ConflictsUnknown",
    discarded as "Discarded", pushed as "Pushed", pulled as "Pulled", bytes_up as "BytesUp", bytes_down as "BytesDown",
    success_sketch as "SuccessSketch", other_sketch as "OtherSketch"
from synchealth.vital_tallies(@app, @lo, @hi, @step::interval, @zone, @clock, @source, @by, @filters);
