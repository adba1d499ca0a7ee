namespace SyncHealth.Ingest.Intake;

/// <summary>The contract's names of the fields of an event and of its lists' lines.</summary>
internal static class FieldNames
{
    private static readonly (string Name, EventField Field)[] Events =
    [
        ("id", EventField.Id), ("seq", EventField.Seq), ("timestamp", EventField.Timestamp), ("type", EventField.Type),
        ("success", EventField.Success), ("durationMs", EventField.DurationMs), ("conflictCount", EventField.ConflictCount),
        ("queuedItems", EventField.QueuedItems), ("outcome", EventField.Outcome), ("direction", EventField.Direction),
        ("trigger", EventField.Trigger), ("network", EventField.Network), ("metered", EventField.Metered),
        ("retries", EventField.Retries), ("error", EventField.Error), ("pushed", EventField.Pushed), ("pulled", EventField.Pulled),
        ("applied", EventField.Applied), ("rejected", EventField.Rejected), ("bytesUp", EventField.BytesUp),
        ("bytesDown", EventField.BytesDown), ("oldestPendingMs", EventField.OldestPendingMs),
        ("lastSuccessAt", EventField.LastSuccessAt), ("conflicts", EventField.Conflicts), ("failures", EventField.Failures),
        ("deferred", EventField.Deferred), ("ageMs", EventField.AgeMs), ("appVersion", EventField.AppVersion),
        ("os", EventField.Os), ("osVersion", EventField.OsVersion),
    ];

    public static readonly Utf8Names<EventField> Event = new(Events);

    public static readonly Utf8Names<EventField> Error = new([("kind", EventField.ErrorKind), ("code", EventField.ErrorCode)]);

    public static readonly Utf8Names<ItemField> Item = new(
    [
        ("entity", ItemField.Entity), ("kind", ItemField.Kind), ("strategy", ItemField.Strategy), ("winner", ItemField.Winner),
        ("code", ItemField.Code), ("reason", ItemField.Reason), ("count", ItemField.Count), ("discarded", ItemField.Discarded),
        ("parked", ItemField.Parked), ("report", ItemField.Report), ("firstSeq", ItemField.FirstSeq), ("lastSeq", ItemField.LastSeq),
        ("firstAt", ItemField.FirstAt), ("lastAt", ItemField.LastAt),
    ]);

    private static readonly Dictionary<EventField, string> Names = Events.ToDictionary(pair => pair.Field, pair => pair.Name);

    public static string Of(EventField field) => field switch
    {
        EventField.ErrorKind => "error.kind",
        EventField.ErrorCode => "error.code",
        _ => Names[field],
    };
}
