namespace SyncHealth.Dashboard.Explore;

/// <summary>The parameters of an address of Explore, as they came: anything may stand in them.</summary>
public sealed record ExploreParameters
{
    public string? App { get; init; }

    public string? Metric { get; init; }

    public string? Range { get; init; }

    public string? From { get; init; }

    public string? To { get; init; }

    public string? Step { get; init; }

    public string? Whole { get; init; }

    public string? By { get; init; }

    public IReadOnlyList<string?> Filters { get; init; } = [];

    public string? Clock { get; init; }

    public string? AsOf { get; init; }

    public string? Against { get; init; }

    public IReadOnlyList<string?> Other { get; init; } = [];
}
