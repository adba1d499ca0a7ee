using System.Globalization;
using SyncHealth.Contracts;
using SyncHealth.Storage.Vitals;

namespace SyncHealth.Storage.Tests.Vitals;

/// <summary>The definitions of <c>docs/semantics.md</c>, spelled out over a list of attempts: what the reader's answer must equal.</summary>
internal static class BruteForce
{
    /// <summary>One line per group and point with everything that is exact, sorted.</summary>
    public static IReadOnlyList<string> Count(IEnumerable<Attempt> attempts, VitalsQuery query, DateTimeOffset from, DateTimeOffset to) =>
        [.. attempts
            .Where(attempt => attempt.IsAttempt && TimeOf(attempt, query) >= from && TimeOf(attempt, query) < to && Passes(attempt, query))
            .GroupBy(attempt => (Key: string.Join(',', query.By.Select(dimension => ValueOf(attempt, dimension))), At: PointOf(TimeOf(attempt, query), query, from)))
            .Select(point => Line(point.Key.Key, point.Key.At, [.. point]))
            .Order(StringComparer.Ordinal)];

    /// <summary>The same lines from an answer.</summary>
    public static IReadOnlyList<string> Lines(VitalsAnswer answer, VitalsQuery query) =>
        [.. answer.Groups
            .SelectMany(group => group.Points
                .Where(point => point.Attempts > 0)
                .Select(point => Line(string.Join(',', query.By.Select(dimension => group.By[dimension])), point)))
            .Order(StringComparer.Ordinal)];

    /// <summary>The bounds that the contract says are counted.</summary>
    public static (DateTimeOffset From, DateTimeOffset To) Bounds(VitalsQuery query)
    {
        var minutesFrom = Ceil(query.Now.AddHours(-48), TimeSpan.FromHours(1));
        var (from, to) = (Floor(query.From, TimeSpan.FromMinutes(1)), Ceil(query.To, TimeSpan.FromMinutes(1)));
        var isCore = query.By.Concat(query.Filters.Select(filter => filter.Dimension)).All(Dimensions.Core.Contains);
        var wholeHours = query.Step is not { } step || step.Ticks % TimeSpan.TicksPerHour == 0;
        if (!isCore || !wholeHours || from >= minutesFrom)
            return (from, to);
        return (Floor(from, TimeSpan.FromHours(1)), to < minutesFrom ? Ceil(to, TimeSpan.FromHours(1)) : to);
    }

    private static DateTimeOffset TimeOf(Attempt attempt, VitalsQuery query) => query.Clock == VitalsClock.Arrival ? attempt.ReceivedAt : attempt.At;

    private static DateTimeOffset PointOf(DateTimeOffset at, VitalsQuery query, DateTimeOffset from) => query.Step is { } step ? Floor(at, step) : from;

    private static DateTimeOffset Floor(DateTimeOffset at, TimeSpan step) => at.AddTicks(-((at - DateTimeOffset.UnixEpoch).Ticks % step.Ticks));

    private static DateTimeOffset Ceil(DateTimeOffset at, TimeSpan step) => Floor(at, step) is var floor && floor == at ? at : floor + step;

    private static bool Passes(Attempt attempt, VitalsQuery query) => query.Filters
        .GroupBy(filter => filter.Dimension)
        .All(dimension => dimension.Any(filter => filter.Value == ValueOf(attempt, dimension.Key)));

    private static string ValueOf(Attempt attempt, string dimension) => dimension switch
    {
        "app_version" => attempt.Version,
        "os" => attempt.Os,
        "os_version" => attempt.OsVersion,
        "network" => attempt.Network,
        "environment" => "production",
        "type" => Wire.Type.NameOf(attempt.Type),
        "trigger" => attempt.Trigger,
        "device_model" => attempt.Model,
        "tag:cohort" => attempt.Cohort,
        "tag:region" => "",
        "outcome" => Wire.Outcome.NameOf(attempt.Outcome),
        "error_kind" => attempt.IsSuccess ? "" : Wire.ErrorKind.NameOf(attempt.Error),
        _ => throw new ArgumentOutOfRangeException(nameof(dimension), dimension, null),
    };

    private static string Line(string key, DateTimeOffset at, IReadOnlyList<Attempt> attempts)
    {
        var conflicts = new SortedDictionary<string, long>(StringComparer.Ordinal);
        foreach (var attempt in attempts)
            CountConflicts(attempt, conflicts);
        var failures = attempts.Where(attempt => !attempt.IsSuccess).ToList();
        var offline = failures.Count(attempt => attempt.Outcome != SyncOutcome.Cancelled && attempt.Error == SyncErrorKind.Offline);
        var server = failures.Count(attempt => attempt.Outcome != SyncOutcome.Cancelled
            && attempt.Error is SyncErrorKind.Timeout or SyncErrorKind.Server or SyncErrorKind.Auth or SyncErrorKind.Denied);
        return Line(
            key, at, attempts.Count, attempts.Count - failures.Count, attempts.Count(attempt => attempt.Outcome == SyncOutcome.Partial),
            attempts.Count(attempt => attempt.Outcome == SyncOutcome.Cancelled), attempts.Where(attempt => attempt.Device is not null).Select(attempt => attempt.Device).Distinct().Count(),
            attempts.Count(attempt => attempt.IsSuccess && attempt.Retries == 0), new FailureSplit(offline, server, failures.Count - offline - server),
            attempts.Count(attempt => attempt.DurationMs > 60_000), attempts.Count(attempt => attempt.Conflicts > 0), conflicts,
            attempts.Sum(attempt => (long)attempt.ConflictEntries.Sum(entry => entry.Discarded)),
            Percentiles(attempts.Select(attempt => attempt.DurationMs)), Percentiles(attempts.Where(attempt => attempt.IsSuccess).Select(attempt => attempt.DurationMs)));
    }

    private static string Line(string key, VitalsPoint point) => Line(
        key, point.At, point.Attempts, point.Successes, point.Partial, point.Cancelled, point.Devices,
        (long)Math.Round(point.FirstTryRate!.Value * point.Attempts / 100), point.Failures, point.Over60s,
        (long)Math.Round(point.ConflictedShare!.Value * point.Attempts / 100), new SortedDictionary<string, long>(point.Conflicts.ToDictionary(), StringComparer.Ordinal),
        point.DiscardedEdits, Buckets(point.DurationMs), Buckets(point.SuccessDurationMs));

    private static string Line(
        string key, DateTimeOffset at, long attempts, long successes, long partial, long cancelled, long devices, long firstTry, FailureSplit failures,
        long over60s, long conflicted, SortedDictionary<string, long> conflicts, long discarded, string durations, string successDurations) => string.Create(
            CultureInfo.InvariantCulture,
            $"{key}@{at:O} n={attempts} ok={successes} partial={partial} cancelled={cancelled} devices={devices} first={firstTry} {failures} slow={over60s} conflicted={conflicted} {string.Join(';', conflicts)} discarded={discarded} {durations} {successDurations}");

    private static void CountConflicts(Attempt attempt, SortedDictionary<string, long> conflicts)
    {
        var left = attempt.Conflicts;
        foreach (var entry in attempt.ConflictEntries)
        {
            var counted = Math.Clamp(entry.Count, 0, left);
            Add(entry.Strategy, counted);
            left -= counted;
        }

        Add(ConflictStrategy.Unknown, left);

        void Add(ConflictStrategy strategy, long count)
        {
            if (count > 0)
                conflicts[Wire.ConflictStrategy.NameOf(strategy)] = conflicts.GetValueOrDefault(Wire.ConflictStrategy.NameOf(strategy)) + count;
        }
    }

    /// <summary>Buckets of the exact nearest-rank percentiles: a sketch that is right names the same buckets.</summary>
    private static string Percentiles(IEnumerable<int> durations)
    {
        var sorted = durations.Order().ToList();
        return sorted.Count == 0 ? "none" : string.Join('/', new[] { 0.5m, 0.9m, 0.99m }.Select(q => DurationSketch.BucketOf(sorted[(int)Math.Ceiling(q * sorted.Count) - 1])));
    }

    private static string Buckets(DurationPercentiles? durations) => durations is not { } known
        ? "none"
        : string.Join('/', new[] { known.P50, known.P90, known.P99 }.Select(value => (int)Math.Round(Math.Log(value * (DurationSketch.Gamma + 1) / 2) / Math.Log(DurationSketch.Gamma))));
}
