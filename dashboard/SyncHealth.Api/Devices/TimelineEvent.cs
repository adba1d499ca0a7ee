using System.Text.Json;
using SyncHealth.Storage.Devices;

namespace SyncHealth.Api.Devices;

/// <summary>One event of a timeline, as it was reported; names are those of <c>POST /v1/events</c>.</summary>
/// <param name="At">Corrected time.</param>
/// <param name="DeviceAt">The device's own time.</param>
/// <param name="Conflicts">As reported; null without any.</param>
/// <param name="Details">Refused and deferred items as reported; null without any.</param>
public sealed record TimelineEvent(
    DateTimeOffset At, DateTimeOffset DeviceAt, DateTimeOffset ReceivedAt, string Type, string Outcome, string Trigger, string Network, string AppVersion, string Os, string OsVersion,
    int DurationMs, int Retries, int QueuedItems, long? OldestPendingMs, int Pushed, int Pulled, int Rejected, int ConflictCount, string ErrorKind, string ErrorCode, long? Seq,
    JsonElement? Conflicts, JsonElement? Details)
{
    public static TimelineEvent Of(DeviceEvent source)
    {
        ArgumentNullException.ThrowIfNull(source);
        return new TimelineEvent(
            source.At, source.DeviceAt, source.ReceivedAt, source.Type, source.Outcome, source.Trigger, source.Network, source.AppVersion, source.Os, source.OsVersion,
            source.DurationMs, source.Retries, source.QueuedItems, source.OldestPendingMs, source.Pushed, source.Pulled, source.Rejected, source.ConflictCount,
            source.ErrorKind, source.ErrorCode, source.Seq, Parse(source.ConflictsJson), Parse(source.DetailsJson));
    }

    private static JsonElement? Parse(string? json)
    {
        if (json is null)
            return null;
        using var document = JsonDocument.Parse(json);
        return document.RootElement.Clone();
    }
}
