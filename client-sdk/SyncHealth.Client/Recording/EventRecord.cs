using SyncHealth.Contracts;

namespace SyncHealth.Client.Recording;

/// <summary>
/// One event on its way from the caller to the queue. Written by the caller until it is handed over, read by the queue's owner after, and then used again:
/// recording makes no garbage. Locked by whoever changes it through an attempt.
/// </summary>
internal sealed class EventRecord(SyncType type)
{
    /// <summary>Distinct entries of a list: an attempt that meets more kinds of trouble is counted in full, described in part.</summary>
    internal const int MaxEntries = 64;

    internal SyncType Type { get; private set; } = type;

    /// <summary>Grows with every use, so that an attempt that has ended cannot reach the event that came after it.</summary>
    internal int Use { get; private set; }

    /// <summary>Monotonic reading at the attempt's start.</summary>
    internal long StartedAt { get; set; }

    /// <summary>The attempt's span in the host's tracing.</summary>
    internal System.Diagnostics.Activity? Activity { get; set; }

    internal bool Success { get; set; } = true;

    internal SyncOutcome Outcome { get; set; }

    /// <summary>When the event ended, by the device's clock.</summary>
    internal DateTimeOffset Timestamp { get; set; }

    /// <summary>Monotonic reading at <see cref="Timestamp"/>; <see langword="null"/> where the host gave its own time, which we cannot vouch for.</summary>
    internal long? RecordedAt { get; set; }

    internal long DurationMs { get; set; }

    internal int ConflictCount { get; set; }

    internal int QueuedItems { get; set; }

    internal SyncDirection Direction { get; set; }

    internal SyncTrigger Trigger { get; set; }

    internal SyncNetwork Network { get; set; }

    internal bool? Metered { get; set; }

    internal int Retries { get; set; }

    internal SyncErrorKind ErrorKind { get; set; }

    internal string? ErrorCode { get; set; }

    internal int Pushed { get; set; }

    internal int Pulled { get; set; }

    internal int Applied { get; set; }

    internal int Rejected { get; set; }

    internal long BytesUp { get; set; }

    internal long BytesDown { get; set; }

    internal long? OldestPendingMs { get; set; }

    internal DateTimeOffset? LastSuccessAt { get; set; }

    internal List<ConflictEntry>? Conflicts { get; private set; }

    internal List<FailureEntry>? Failures { get; private set; }

    internal List<DeferredEntry>? Deferred { get; private set; }

    /// <summary>The install as of the event: a queued event keeps the version under which it happened.</summary>
    internal Resource? Resource { get; set; }

    /// <summary>The attempt is over: whoever still holds it changes nothing more.</summary>
    internal void End() => Use++;

    /// <summary>Makes it as new, but for the room of its lists.</summary>
    internal void Renew(SyncType next)
    {
        Type = next;
        Success = true;
        Outcome = SyncOutcome.None;
        Timestamp = default;
        RecordedAt = null;
        DurationMs = 0;
        (ConflictCount, QueuedItems, Retries, Pushed, Pulled, Applied, Rejected) = (0, 0, 0, 0, 0, 0, 0);
        (BytesUp, BytesDown) = (0, 0);
        (Direction, Trigger, Network, ErrorKind) = (SyncDirection.Unknown, SyncTrigger.Unknown, SyncNetwork.Unknown, SyncErrorKind.None);
        (Metered, OldestPendingMs, LastSuccessAt) = (null, null, null);
        (ErrorCode, Resource, Activity) = (null, null, null);
        Conflicts?.Clear();
        Failures?.Clear();
        Deferred?.Clear();
    }

    internal void Add(in ConflictEntry entry)
    {
        ConflictCount += entry.Count;
        Conflicts ??= [];
        for (var i = 0; i < Conflicts.Count; i++)
        {
            var known = Conflicts[i];
            if (!known.IsSameAs(entry))
                continue;
            Conflicts[i] = known with { Count = known.Count + entry.Count, Discarded = known.Discarded + entry.Discarded };
            return;
        }

        if (Conflicts.Count < MaxEntries)
            Conflicts.Add(entry);
    }

    internal void Add(in FailureEntry entry)
    {
        Failures ??= [];
        for (var i = 0; i < Failures.Count; i++)
        {
            var known = Failures[i];
            if (!known.IsSameAs(entry))
                continue;
            Failures[i] = known with { Count = known.Count + entry.Count };
            return;
        }

        if (Failures.Count < MaxEntries)
            Failures.Add(entry);
    }

    internal void Add(in DeferredEntry entry)
    {
        Deferred ??= [];
        for (var i = 0; i < Deferred.Count; i++)
        {
            var known = Deferred[i];
            if (known.Reason != entry.Reason)
                continue;
            Deferred[i] = known with { Count = known.Count + entry.Count };
            return;
        }

        if (Deferred.Count < MaxEntries)
            Deferred.Add(entry);
    }
}
