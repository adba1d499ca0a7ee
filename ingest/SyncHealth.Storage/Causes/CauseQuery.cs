using SyncHealth.Storage.Vitals;

namespace SyncHealth.Storage.Causes;

/// <summary>A question for the cause of a drop: the success rate of one stretch of time against that of an earlier one.</summary>
public sealed record CauseQuery
{
    public required string App { get; init; }

    /// <summary>Inclusive bound of what it is compared with; floored to the hour, for whole hours are what segments are kept in.</summary>
    public required DateTimeOffset BeforeFrom { get; init; }

    /// <summary>Exclusive bound of what it is compared with; floored to the hour.</summary>
    public required DateTimeOffset BeforeTo { get; init; }

    /// <summary>Inclusive bound of the drop; floored to the hour.</summary>
    public required DateTimeOffset From { get; init; }

    /// <summary>Exclusive bound of the drop; ceiled to the hour.</summary>
    public required DateTimeOffset To { get; init; }

    /// <summary>The present moment on the shared clock.</summary>
    public required DateTimeOffset Now { get; init; }

    public IReadOnlyList<DimensionFilter> Filters { get; init; } = [];
}
