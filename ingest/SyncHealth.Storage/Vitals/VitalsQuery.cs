namespace SyncHealth.Storage.Vitals;

/// <summary>One question to the vital signs; the definitions stand in <c>docs/semantics.md</c>.</summary>
public sealed record VitalsQuery
{
    public required string App { get; init; }

    /// <summary>Inclusive; floored to the minute.</summary>
    public required DateTimeOffset From { get; init; }

    /// <summary>Exclusive; ceiled to the minute.</summary>
    public required DateTimeOffset To { get; init; }

    /// <summary>The present moment on the shared clock: SQL never asks the database for it.</summary>
    public required DateTimeOffset Now { get; init; }

    /// <summary>A past moment: the answer is what was known then, to the event, from the raw events of which only those that had arrived count. Null: all that is known.</summary>
    /// <remarks>Reaches back as far as raw events do. The fleet is that of the last snapshot before each point; completeness goes by the delays learned since.</remarks>
    public DateTimeOffset? AsOf { get; init; }

    /// <summary>Width of a point; null for one row per group over the whole range.</summary>
    public TimeSpan? Step { get; init; }

    /// <summary>Dimensions as asked: <c>app_version</c>, <c>os</c>, <c>network</c>, … <c>tag:NAME</c>.</summary>
    public IReadOnlyList<string> By { get; init; } = [];

    public IReadOnlyList<DimensionFilter> Filters { get; init; } = [];

    public VitalsClock Clock { get; init; } = VitalsClock.Event;

    /// <summary>Queue depth above which a device counts in <see cref="QueueDepth.DevicesOver"/>.</summary>
    public int QueueThreshold { get; init; } = 1000;

    /// <summary>IANA zone in which days begin; moves only steps of a day.</summary>
    public string TimeZone { get; init; } = "UTC";

    /// <summary>What is counted; what is left out may be 0 or null in the points.</summary>
    public VitalsCounts Counts { get; init; } = VitalsCounts.All;

    /// <summary>Parts to answer; those left out are 0 or null in the points.</summary>
    public VitalsParts Parts { get; init; } = VitalsParts.All;
}
