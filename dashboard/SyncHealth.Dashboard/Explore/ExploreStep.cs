namespace SyncHealth.Dashboard.Explore;

/// <summary>Width of a point.</summary>
/// <param name="Code">In the address: <c>5m</c>.</param>
public sealed record ExploreStep(string Code, TimeSpan Length)
{
    /// <summary>A chart with more points than pixels shows noise and is slow to send.</summary>
    private const int MaxPoints = 400;

    /// <summary>What a step that nobody chose aims at: each point still has a width that a pointer hits.</summary>
    private const int ReadablePoints = 170;

    /// <summary>From so long a range on a point is a day unless somebody chooses: a month is looked at for how its days were, and within a day hours differ every day alike.</summary>
    private static readonly TimeSpan DaysFrom = TimeSpan.FromDays(30);

    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    public static readonly IReadOnlyList<ExploreStep> All =
    [
        new("1m", TimeSpan.FromMinutes(1)), new("5m", TimeSpan.FromMinutes(5)), new("15m", TimeSpan.FromMinutes(15)), new("1h", TimeSpan.FromHours(1)),
        new("6h", TimeSpan.FromHours(6)), new("1d", TimeSpan.FromDays(1)), new("7d", TimeSpan.FromDays(7)),
    ];

    public static ExploreStep? Find(string? code) => All.FirstOrDefault(step => step.Code == code);

    /// <summary>Whether a range of <paramref name="length"/> makes neither too many points nor fewer than two.</summary>
    public bool Fits(TimeSpan length) => length / Length <= MaxPoints && length >= Length * 2;

    /// <summary>The narrowest that reads well.</summary>
    public static ExploreStep For(TimeSpan length) =>
        All.FirstOrDefault(step => length / step.Length <= ReadablePoints && (length < DaysFrom || step.Length >= Day)) ?? All[^1];
}
