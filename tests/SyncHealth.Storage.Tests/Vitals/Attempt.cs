using SyncHealth.Contracts;
using SyncHealth.Storage.Writes;

namespace SyncHealth.Storage.Tests.Vitals;

/// <summary>An event as a test thinks of it; everything has a don't-care value but the time.</summary>
internal sealed record Attempt(DateTimeOffset At)
{
    public DateTimeOffset? Received { get; init; }

    /// <summary>Null: an id that no other attempt has.</summary>
    public long? Id { get; init; }

    public long? Seq { get; init; }
    public TimeSpan ClockOff { get; init; }
    public long? Device { get; init; } = 1;
    public string Version { get; init; } = "2.4.1";
    public string Os { get; init; } = "android";
    public string OsVersion { get; init; } = "14";
    public string Network { get; init; } = "wifi";
    public SyncType Type { get; init; } = SyncType.Delta;
    public string Trigger { get; init; } = "foreground";
    public string Model { get; init; } = "Pixel 8";
    public string Cohort { get; init; } = "beta";

    /// <summary>Tags beside the cohort, as members of a JSON object.</summary>
    public string Tags { get; init; } = "";

    public string App { get; init; } = "notes";
    public int Pushed { get; init; }
    public int Rejected { get; init; }

    /// <summary><c>{"failures": […], "deferred": […]}</c>, as ingest stores it.</summary>
    public string? Details { get; init; }
    public SyncOutcome Outcome { get; init; } = SyncOutcome.Success;
    public SyncErrorKind Error { get; init; }
    public string? Code { get; init; }
    public SyncErrorKind PartialError { get; init; }
    public int DurationMs { get; init; } = 400;
    public int Retries { get; init; }
    public int Queue { get; init; }
    public TimeSpan? OldestPending { get; init; }
    public DateTimeOffset? LastSuccessAt { get; init; }
    public int Conflicts { get; init; }
    public ConflictEntry[] ConflictEntries { get; init; } = [];

    public DateTimeOffset ReceivedAt => Received ?? At;

    public bool IsAttempt => Type is not (SyncType.Open or SyncType.Reset);

    public bool IsSuccess => Outcome is SyncOutcome.Success or SyncOutcome.Partial;

    public void AddTo(EventBatch batch)
    {
        var profile = new DeviceProfile(Model, $$"""{"cohort":"{{Cohort}}"{{(Tags.Length > 0 ? "," + Tags : "")}}}""");
        if (!batch.Profiles.Contains(profile))
            batch.Profiles.Add(profile);
        batch.Events.Add(new EventRow
        {
            Segment = new SegmentKey(App, "production", Version, Os, OsVersion, Network, Wire.Type.NameOf(Type), Trigger),
            DeviceKey = Device ?? 0,
            HasDevice = Device is not null,
            DeviceAt = At + ClockOff,
            EventAt = At,
            IdHash = Id ?? BitConverter.ToInt64(Guid.NewGuid().ToByteArray()),
            Seq = Seq,
            Type = Type,
            Outcome = IsAttempt ? Outcome : SyncOutcome.None,
            ErrorKind = IsSuccess ? PartialError : Error,
            ErrorCode = IsSuccess ? null : Code,
            Pushed = Pushed,
            Rejected = Rejected,
            DetailsJson = Details,
            DurationMs = DurationMs,
            Retries = Retries,
            QueuedItems = Queue,
            OldestPendingMs = (long?)OldestPending?.TotalMilliseconds,
            LastSuccessAt = LastSuccessAt,
            ConflictCount = Conflicts,
            Conflicts = ConflictEntries,
            Profile = batch.Profiles.IndexOf(profile),
        });
    }
}
