using SyncHealth.Storage.Vitals;

namespace SyncHealth.Storage.Devices;

/// <summary>A question to the detectors.</summary>
public sealed record DetectorQuery
{
    public required string App { get; init; }

    /// <summary>Devices that reported since then are looked at, by the time of the event.</summary>
    public required DateTimeOffset From { get; init; }

    /// <summary>The moment of the answer: the present, or a past one, of which only what had arrived by then counts.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>Dimensions of devices; none for one group of all.</summary>
    public IReadOnlyList<string> By { get; init; } = [];

    public IReadOnlyList<DimensionFilter> Filters { get; init; } = [];
}
