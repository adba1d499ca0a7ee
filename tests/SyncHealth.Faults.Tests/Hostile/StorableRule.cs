using System.Text;
using SyncHealth.Contracts;
using SyncHealth.Faults.Tests.Support;
using SyncHealth.Storage.Writes;

namespace SyncHealth.Faults.Tests.Hostile;

/// <summary>What must hold of every row that leaves the edge, whatever came in: Postgres keeps it, and sums of it stay right.</summary>
internal static class StorableRule
{
    private const int MaxCount = 1_000_000_000;
    private const long MaxBytes = 1L << 40;

    private static readonly UTF8Encoding Strict = new(false, throwOnInvalidBytes: true);

    /// <exception cref="InvalidOperationException">A row breaks the rule; the message says how.</exception>
    public static void Check(EdgeResult result)
    {
        if (result.Batch is not { } batch)
            return;
        Require(batch.Events.Count <= EventLimits.MaxEventsPerBatch, "events", batch.Events.Count);
        foreach (var row in batch.Events)
            Check(row, batch);
        foreach (var quarantined in batch.Quarantined)
            CheckText(quarantined.Json, 5_000);
        foreach (var drop in batch.Drops)
        {
            CheckText(drop.Reason);
            Require(drop.Count >= 0, "dropped", drop.Count);
        }

        foreach (var rejection in result.Rejections)
            Require(rejection.Code.Length > 0 && rejection.Message.Length is > 0 and < 3_000, "rejection", rejection);
    }

    /// <summary>All that is stored of a row, in one line.</summary>
    public static string Describe(in EventRow row) => string.Join(
        '|', row.Segment, row.DeviceKey, row.HasDevice, row.DeviceAt, row.EventAt, row.IdHash, row.Seq, row.Type, row.Outcome, row.Direction, row.ErrorKind, row.ErrorCode,
        row.Metered, row.DurationMs, row.Retries, row.QueuedItems, row.OldestPendingMs, row.LastSuccessAt, row.Pushed, row.Pulled, row.Applied, row.Rejected, row.BytesUp,
        row.BytesDown, row.ConflictCount, string.Join(',', row.Conflicts ?? []), row.DetailsJson);

    private static void Check(in EventRow row, EventBatch batch)
    {
        Require(row.DurationMs is >= 0 and <= (int)EventLimits.MaxDurationMs, "duration", row.DurationMs);
        Require(row.EventAt >= batch.ReceivedAt - EventLimits.MaxAge && row.EventAt <= batch.ReceivedAt + EventLimits.MaxFuture, "time", row.EventAt);
        Require(row.DeviceAt > DateTimeOffset.MinValue && row.DeviceAt.Ticks % TimeSpan.TicksPerMicrosecond == 0, "device time", row.DeviceAt);
        Require(row.LastSuccessAt is null || row.LastSuccessAt <= row.EventAt, "last success", row.LastSuccessAt);
        Require(row.Seq is null or >= 0, "seq", row.Seq);
        Require(row.BytesUp is >= 0 and <= MaxBytes && row.BytesDown is >= 0 and <= MaxBytes, "bytes", row.BytesUp);
        Require(Math.Min(Math.Min(row.Pushed, row.Pulled), Math.Min(row.Applied, row.Rejected)) >= 0, "items", row.Pushed);
        Require(row.QueuedItems >= 0 && row.Retries >= 0, "queue", row.QueuedItems);
        Require(row.ConflictCount is >= 0 and <= MaxCount, "conflicts", row.ConflictCount);
        var conflicts = row.ConflictCount;
        foreach (var conflict in row.Conflicts ?? [])
        {
            CheckText(conflict.Entity);
            Require(conflict.Count > 0 && (conflicts -= conflict.Count) >= 0 && conflict.Discarded >= 0, "conflict", conflict);
        }

        CheckText(row.ErrorCode);
        CheckText(row.DetailsJson, int.MaxValue);
        var key = row.Segment;
        CheckText(key.App);
        CheckText(key.AppVersion);
        CheckText(key.Os);
        CheckText(key.OsVersion);
        CheckText(key.Environment);
        Require(Strict.GetByteCount(key.App + key.Environment + key.AppVersion + key.Os + key.OsVersion) <= 2_700, "index row", key);
    }

    private static void CheckText(string? text, int maxLength = EventLimits.MaxStringLength)
    {
        if (text is null)
            return;
        Require(text.Length <= maxLength && !text.Contains('\0', StringComparison.Ordinal), "text", text.Length);
        Strict.GetByteCount(text);
    }

    private static void Require(bool holds, string what, object? value)
    {
        if (!holds)
            throw new InvalidOperationException($"A row with {what} {value} left the edge.");
    }
}
