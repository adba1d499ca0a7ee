using SyncHealth.Contracts;
using SyncHealth.Ingest.Intake;

namespace SyncHealth.Ingest.Otlp;

/// <summary>What the contract's fields are called in OTLP logs.</summary>
internal static class OtlpNames
{
    public static readonly Utf8Names<EventField> Record = new(
    [
        ("sync.type", EventField.Type), ("sync.success", EventField.Success), ("sync.outcome", EventField.Outcome),
        ("sync.duration_ms", EventField.DurationMs), ("sync.conflict_count", EventField.ConflictCount),
        ("sync.queue_depth", EventField.QueuedItems), ("sync.oldest_pending_ms", EventField.OldestPendingMs),
        ("sync.direction", EventField.Direction), ("sync.trigger", EventField.Trigger), ("sync.retries", EventField.Retries),
        ("sync.items.pushed", EventField.Pushed), ("sync.items.pulled", EventField.Pulled),
        ("sync.items.applied", EventField.Applied), ("sync.items.rejected", EventField.Rejected),
        ("sync.bytes.up", EventField.BytesUp), ("sync.bytes.down", EventField.BytesDown),
        ("sync.network.metered", EventField.Metered), ("sync.last_success_at", EventField.LastSuccessAt),
        ("sync.conflicts", EventField.Conflicts), ("sync.failures", EventField.Failures),
        ("sync.event.age_ms", EventField.AgeMs), ("sync.event.id", EventField.Id), ("sync.event.seq", EventField.Seq),
        ("sync.error.kind", EventField.ErrorKind), ("error.type", EventField.ErrorCode),
        ("network.connection.type", EventField.Network),
    ]);

    /// <summary>The events that are stored, and the type that two of them are; null where <c>sync.type</c> says it.</summary>
    public static readonly Utf8Names<(bool IsStored, SyncType? Type)> Events = new(
    [
        ("sync.attempt", (true, null)), ("sync.open", (true, SyncType.Open)), ("sync.reset", (true, SyncType.Reset)),
    ]);

    public static readonly Utf8Names<OtlpResourceField> Resource = new(
    [
        ("service.name", OtlpResourceField.App), ("service.version", OtlpResourceField.AppVersion),
        ("os.name", OtlpResourceField.OsName), ("os.type", OtlpResourceField.OsType), ("os.version", OtlpResourceField.OsVersion),
        ("app.installation.id", OtlpResourceField.InstallationId), ("device.id", OtlpResourceField.DeviceId),
        ("service.instance.id", OtlpResourceField.InstanceId), ("device.model.identifier", OtlpResourceField.DeviceModel),
        ("deployment.environment.name", OtlpResourceField.Environment),
        ("enduser.id", OtlpResourceField.EndUserId), ("user.id", OtlpResourceField.UserId),
    ]);
}
