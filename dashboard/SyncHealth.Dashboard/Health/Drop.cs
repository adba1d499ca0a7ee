using SyncHealth.Dashboard.State;
using SyncHealth.Storage.Vitals;

namespace SyncHealth.Dashboard.Health;

/// <summary>A drop of the success rate: when it lasted, and the time before it that it is held against.</summary>
/// <param name="BeforeFrom">Inclusive.</param>
/// <param name="From">Inclusive; where the time before ends.</param>
/// <param name="To">Exclusive.</param>
public sealed record Drop(DateTimeOffset BeforeFrom, DateTimeOffset From, DateTimeOffset To)
{
    /// <summary>Below this many points the rate did not fall, it wobbled.</summary>
    private const double LeastPoints = 0.1;

    /// <summary>Segments are counted in whole hours: shorter stretches have nothing to hold anything against.</summary>
    private static readonly TimeSpan Shortest = TimeSpan.FromHours(1);

    /// <summary>
    /// The worse stretch of the range against the rest of the range before it; against the period before where the whole range is worse
    /// than that. Null where nothing fell.
    /// </summary>
    /// <param name="points">The range step by step.</param>
    /// <param name="total">The range in one row.</param>
    /// <param name="previous">The equally long range before it.</param>
    public static Drop? Find(TimeRange range, DateTimeOffset now, IReadOnlyList<VitalsPoint> points, VitalsPoint? total, VitalsPoint? previous)
    {
        var begin = now - range.Length;
        if (Episode.Find([.. points.Select(point => new Tally(point.Attempts - point.Successes, point.Attempts))]) is { First: > 0 } episode)
        {
            var (from, to) = (points[episode.First].At, episode.End < points.Count ? points[episode.End].At : now);
            var whole = from.AddTicks(-(from.UtcTicks % TimeSpan.TicksPerHour));
            return new Drop(begin < whole - Shortest ? begin : whole - Max(Shortest, to - from), from, to);
        }

        return previous?.SuccessRate - total?.SuccessRate >= LeastPoints ? new Drop(begin - Max(Shortest, range.Length), begin, now) : null;
    }

    private static TimeSpan Max(TimeSpan one, TimeSpan other) => one > other ? one : other;
}
