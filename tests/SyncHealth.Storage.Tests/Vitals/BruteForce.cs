using System.Globalization;
using SyncHealth.Contracts;
using SyncHealth.Storage.Vitals;

namespace SyncHealth.Storage.Tests.Vitals;

/// <summary>The definitions of <c>docs/semantics.md</c>, spelled out over a list of attempts: what the reader's answer must equal.</summary>
internal static class BruteForce
{
    /// <summary>One line per group and point with everything that is exact, sorted.</summary>
    public static IReadOnlyList<string> Count(IEnumerable<Attempt> attempts, VitalsQuery query, DateTimeOffset from, DateTimeOffset to) =>
        [.. In(attempts, query, from, to)
            .GroupBy(attempt => (Key: KeyOf(attempt, query), At: PointOf(TimeOf(attempt, query), query, from)))
            .Select(point => Line(point.Key.Key, point.Key.At, [.. point], query.Parts.HasFlag(VitalsParts.Devices)))
            .Order(StringComparer.Ordinal)];

    /// <summary>The same lines from an answer.</summary>
    public static IReadOnlyList<string> Lines(VitalsAnswer answer, VitalsQuery query) =>
        [.. answer.Groups
            .SelectMany(group => group.Points
                .Where(point => point.Attempts > 0)
                .Select(point => Line(string.Join(',', query.By.Select(dimension => group.By[dimension])), point)))
            .Order(StringComparer.Ordinal)];

    /// <summary>The bounds that the contract says are counted. <paramref name="promoted"/>: the tag that the rollups hold.</summary>
    public static (DateTimeOffset From, DateTimeOffset To) Bounds(VitalsQuery query, string promoted) => Bounds(query, GrainOf(query, promoted));

    /// <summary>The bounds of errors and conflicts: in hours for core dimensions of the event clock.</summary>
    public static (DateTimeOffset From, DateTimeOffset To) SideBounds(VitalsQuery query) =>
        Bounds(query, query.Clock == VitalsClock.Event && Names(query).All(Dimensions.Core.Contains) ? Grain.Fine : Grain.Event);

    /// <summary>One line per group, point and error, sorted.</summary>
    public static IReadOnlyList<string> CountErrors(IEnumerable<Attempt> attempts, VitalsQuery query, DateTimeOffset from, DateTimeOffset to) =>
        [.. In(attempts, query, from, to)
            .Where(attempt => !attempt.IsSuccess)
            .GroupBy(attempt => (
                Key: KeyOf(attempt, query), At: PointOf(TimeOf(attempt, query), query, from),
                Kind: attempt.Error == SyncErrorKind.None ? "" : Wire.ErrorKind.NameOf(attempt.Error), Code: attempt.Error == SyncErrorKind.None ? "" : attempt.Code ?? ""))
            .Select(error => $"{error.Key.Key}@{error.Key.At:O} {error.Key.Kind}/{error.Key.Code} {error.Count()}")
            .Order(StringComparer.Ordinal)];

    /// <summary>One line per group, point and way that conflicts went, sorted.</summary>
    public static IReadOnlyList<string> CountConflicts(IEnumerable<Attempt> attempts, VitalsQuery query, DateTimeOffset from, DateTimeOffset to) =>
        [.. In(attempts, query, from, to)
            .SelectMany(attempt => ConflictsOf(attempt).Select(line => (Key: KeyOf(attempt, query), At: PointOf(TimeOf(attempt, query), query, from), line.Way, line.Count, line.Discarded)))
            .GroupBy(line => (line.Key, line.At, line.Way))
            .Select(way => $"{way.Key.Key}@{way.Key.At:O} {way.Key.Way} {way.Sum(line => line.Count)} {way.Sum(line => line.Discarded)}")
            .Order(StringComparer.Ordinal)];

    private static (DateTimeOffset From, DateTimeOffset To) Bounds(VitalsQuery query, Grain grain)
    {
        var (from, to) = (Floor(query.From, TimeSpan.FromMinutes(1)), Ceil(query.To, TimeSpan.FromMinutes(1)));
        var minutesFrom = Ceil(query.Now.AddHours(-48), TimeSpan.FromHours(1));
        if (grain == Grain.Event || (!HasWholeHours(query) && (grain == Grain.Fine || from < minutesFrom)))
            return from > EventsFrom(query) ? (from, to) : (EventsFrom(query), to > EventsFrom(query) ? to : EventsFrom(query));
        var edgesFrom = grain == Grain.Core ? minutesFrom : EventsFrom(query);
        return from >= edgesFrom ? (from, to) : (Floor(from, TimeSpan.FromHours(1)), to < edgesFrom ? Ceil(to, TimeSpan.FromHours(1)) : to);
    }

    private static Grain GrainOf(VitalsQuery query, string promoted) =>
        Names(query).All(Dimensions.Core.Contains) ? Grain.Core
        : query.Clock == VitalsClock.Event && Names(query).All(name => Dimensions.Core.Contains(name) || Dimensions.Fine.Contains(name) || name == promoted) ? Grain.Fine
        : Grain.Event;

    private static bool HasWholeHours(VitalsQuery query) =>
        query.Step is not { } step || (step.Ticks % TimeSpan.TicksPerHour == 0 && !(step == TimeSpan.FromDays(1) && query.TimeZone == "Asia/Kathmandu"));

    private static DateTimeOffset EventsFrom(VitalsQuery query) => Ceil(query.Now.AddDays(-30), TimeSpan.FromDays(1));

    private static IEnumerable<string> Names(VitalsQuery query) => query.By.Concat(query.Filters.Select(filter => filter.Dimension));

    private static IEnumerable<Attempt> In(IEnumerable<Attempt> attempts, VitalsQuery query, DateTimeOffset from, DateTimeOffset to) =>
        attempts.Where(attempt => attempt.IsAttempt && TimeOf(attempt, query) >= from && TimeOf(attempt, query) < to && Passes(attempt, query));

    private static string KeyOf(Attempt attempt, VitalsQuery query) => string.Join(',', query.By.Select(dimension => ValueOf(attempt, dimension)));

    private static DateTimeOffset TimeOf(Attempt attempt, VitalsQuery query) => query.Clock == VitalsClock.Arrival ? attempt.ReceivedAt : attempt.At;

    private static DateTimeOffset PointOf(DateTimeOffset at, VitalsQuery query, DateTimeOffset from) => query.Step switch
    {
        null => from,
        { TotalDays: 1 } when query.TimeZone != "UTC" => MidnightBefore(at, TimeZoneInfo.FindSystemTimeZoneById(query.TimeZone)),
        { } step => Floor(at, step),
    };

    private static DateTimeOffset MidnightBefore(DateTimeOffset at, TimeZoneInfo zone)
    {
        var midnight = TimeZoneInfo.ConvertTime(at, zone).Date;
        return new DateTimeOffset(midnight, zone.GetUtcOffset(midnight)).ToUniversalTime();
    }

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
        "error_kind" => attempt.IsSuccess || attempt.Error == SyncErrorKind.None ? "" : Wire.ErrorKind.NameOf(attempt.Error),
        _ => throw new ArgumentOutOfRangeException(nameof(dimension), dimension, null),
    };

    private static string Line(string key, DateTimeOffset at, IReadOnlyList<Attempt> attempts, bool withDevices)
    {
        var conflicts = new SortedDictionary<string, long>(StringComparer.Ordinal);
        foreach (var (strategy, _, count, _) in attempts.SelectMany(ConflictsOf).Where(line => line.Count > 0))
            conflicts[Wire.ConflictStrategy.NameOf(strategy)] = conflicts.GetValueOrDefault(Wire.ConflictStrategy.NameOf(strategy)) + count;
        var failures = attempts.Where(attempt => !attempt.IsSuccess).ToList();
        var offline = failures.Count(attempt => attempt.Outcome != SyncOutcome.Cancelled && attempt.Error == SyncErrorKind.Offline);
        var server = failures.Count(attempt => attempt.Outcome != SyncOutcome.Cancelled
            && attempt.Error is SyncErrorKind.Timeout or SyncErrorKind.Server or SyncErrorKind.Auth or SyncErrorKind.Denied);
        return Line(
            key, at, attempts.Count, attempts.Count - failures.Count, attempts.Count(attempt => attempt.Outcome == SyncOutcome.Partial),
            attempts.Count(attempt => attempt.Outcome == SyncOutcome.Cancelled), !withDevices ? 0 : attempts.Where(attempt => attempt.Device is not null).Select(attempt => attempt.Device).Distinct().Count(),
            attempts.Count(attempt => attempt.IsSuccess && attempt.Retries == 0), new FailureSplit(offline, server, failures.Count - offline - server),
            attempts.Count(attempt => attempt.DurationMs > 60_000), attempts.Count(attempt => attempt.Conflicts > 0), conflicts,
            attempts.Sum(attempt => (long)attempt.ConflictEntries.Sum(entry => entry.Discarded)),
            Percentiles(attempts.Select(attempt => attempt.DurationMs)), Percentiles(attempts.Where(attempt => attempt.IsSuccess).Select(attempt => attempt.DurationMs)));
    }

    private static string Line(string key, VitalsPoint point) => Line(
        key, point.At, point.Attempts, point.Successes, point.Partial, point.Cancelled, point.Devices ?? 0,
        (long)Math.Round(point.FirstTryRate!.Value * point.Attempts / 100), point.Failures, point.Over60s,
        (long)Math.Round(point.ConflictedShare!.Value * point.Attempts / 100), new SortedDictionary<string, long>(point.Conflicts.ToDictionary(), StringComparer.Ordinal),
        point.DiscardedEdits, Buckets(point.DurationMs), Buckets(point.SuccessDurationMs));

    private static string Line(
        string key, DateTimeOffset at, long attempts, long successes, long partial, long cancelled, long devices, long firstTry, FailureSplit failures,
        long over60s, long conflicted, SortedDictionary<string, long> conflicts, long discarded, string durations, string successDurations) => string.Create(
            CultureInfo.InvariantCulture,
            $"{key}@{at:O} n={attempts} ok={successes} partial={partial} cancelled={cancelled} devices={devices} first={firstTry} {failures} slow={over60s} conflicted={conflicted} {string.Join(';', conflicts)} discarded={discarded} {durations} {successDurations}");

    /// <summary><c>conflictCount</c> is the number: what the entries lack of it is unknown, what they have beyond it does not count.</summary>
    private static IEnumerable<(ConflictStrategy Strategy, string Way, long Count, long Discarded)> ConflictsOf(Attempt attempt)
    {
        var left = attempt.Conflicts;
        foreach (var entry in attempt.ConflictEntries)
        {
            var counted = Math.Clamp(entry.Count, 0, left);
            left -= counted;
            if (counted > 0 || entry.Discarded > 0)
                yield return (entry.Strategy, WayOf(entry.Entity, entry.Kind, entry.Strategy, entry.Winner), counted, entry.Discarded);
        }

        if (left > 0)
            yield return (ConflictStrategy.Unknown, WayOf("", ConflictKind.Unknown, ConflictStrategy.Unknown, ConflictWinner.Unknown), left, 0);
    }

    private static string WayOf(string entity, ConflictKind kind, ConflictStrategy strategy, ConflictWinner winner) =>
        $"{entity}/{Wire.ConflictKind.NameOf(kind)}/{Wire.ConflictStrategy.NameOf(strategy)}/{Wire.ConflictWinner.NameOf(winner)}";

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
