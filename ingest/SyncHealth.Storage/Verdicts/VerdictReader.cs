using System.Data;
using Dapper;
using Npgsql;
using SyncHealth.Statistics.Verdicts;
using SyncHealth.Storage.Vitals;

namespace SyncHealth.Storage.Verdicts;

/// <summary>Judges releases on what their devices did: sums over devices come from SQL (migration 60), the verdict from <see cref="ReleaseJudge"/>. Unfolded reports are included.</summary>
public sealed class VerdictReader(NpgsqlDataSource dataSource) : IVerdictReader
{
    /// <summary>Days before the release that show whether its devices were different already (spec: seven, so that each weekday counts once).</summary>
    private const int PlaceboDays = 7;

    /// <summary>Days of devices at most whose sketches are opened: 10 µs each.</summary>
    private const long MostSketches = 20_000;

    /// <summary>What counts as slow where sketches are too many, in milliseconds: the p99 that the shipped rule allows, counted exactly in every row.</summary>
    private const double SlowInLargeFleetsMs = 60_000;

    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    private static readonly string FleetSize = SqlFile.Beside<VerdictReader>("FleetSize");
    private static readonly string ReleaseCandidates = SqlFile.Beside<VerdictReader>("ReleaseCandidates");
    private static readonly string BaselineDurations = SqlFile.Beside<VerdictReader>("BaselineDurations");
    private static readonly string VerdictSumsSql = SqlFile.Beside<VerdictReader>("VerdictSums");
    private static readonly string DeviceCoverage = SqlFile.Beside<VerdictReader>("DeviceCoverage");
    private static readonly string LagClasses = SqlFile.Beside<VitalsReader>("LagClasses");

    /// <inheritdoc/>
    public async Task<VerdictReading?> ReadAsync(VerdictQuestion question, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(question);
        Dimensions.CheckCore(question.Filters);
        if (question.Baseline == question.Release)
            throw new VitalsQueryException("baseline", $"The baseline cannot be the release itself, '{question.Release}'. Name another release, or none for the one most devices are on.");
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await using var snapshot = await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancellationToken);
        if (await VitalsReader.FindAppAsync(connection, question.App, cancellationToken) is not { } appId)
            return null;

        var sample = DeviceSample.Of(await connection.QuerySingleAsync<long>(new CommandDefinition(FleetSize, new { appId }, cancellationToken: cancellationToken)));
        var scope = new DynamicParameters(new
        {
            appId,
            app = question.App,
            kind = ReleaseScope.NameOf(question.Kind),
            release = question.Release,
            filters = ReleaseScope.FilterTexts(question.Filters),
            until = ReleaseScope.Until(question.Now),
            earliest = ReleaseScope.Earliest(question.Now),
            enough = VerdictLimits.MinimumDevices,
            lastKey = sample.LastKey,
        });
        var candidates = (await VitalsReader.QueryAsync<ReleaseCandidate>(connection, ReleaseCandidates, scope, cancellationToken))
            .Where(candidate => ReleaseScope.IsRelease(candidate.Name)).OrderBy(candidate => candidate.Name, NaturalOrder.Instance).ToArray();
        var known = candidates.Select(candidate => candidate.Name).ToArray();
        var release = candidates.FirstOrDefault(candidate => candidate.Name == question.Release);
        if (release?.Since is not { } since || (question.Baseline is { } named && !known.Contains(named)))
            return new VerdictReading(null, known);

        var lags = LagCurves.Of(await VitalsReader.QueryAsync<LearnedLag>(connection, LagClasses, new { appId }, cancellationToken));
        var days = CountedDays.Of(Earlier(since, question.Now.UtcDateTime.Date), question.Now.UtcDateTime, lags);
        var answer = await JudgeAsync(connection, question, scope, days, release, BaselineOf(question, candidates), cancellationToken);
        return new VerdictReading(answer with { OneDeviceIn = sample.OneIn }, known);
    }

    private static async Task<VerdictAnswer> JudgeAsync(
        NpgsqlConnection connection, VerdictQuestion question, DynamicParameters scope, CountedDays days, ReleaseCandidate release, ReleaseCandidate? baseline, CancellationToken cancellationToken)
    {
        scope.Add("baseline", baseline?.Name, DbType.String);
        scope.Add("days", days.Days.ToArray());
        scope.Add("since", days.Days[0]);
        scope.Add("daysBefore", Enumerable.Range(1, PlaceboDays).Select(back => days.Days[0] - (back * Day)).ToArray());
        scope.Add("dayAgo", question.Now.UtcDateTime - Day);
        var slow = await SlowBucketAsync(connection, scope, days.Days.Count * (release.Devices + (baseline?.Devices ?? 0)), cancellationToken);
        scope.Add("slowBucket", slow, DbType.Int32);
        var sums = new VerdictSums(await VitalsReader.QueryAsync<VerdictRow>(connection, VerdictSumsSql, scope, cancellationToken));
        var verdict = ReleaseJudge.Judge(new VerdictInput
        {
            Release = question.Release,
            Baseline = baseline?.Name ?? "",
            Watermark = VitalsReader.Utc(days.Watermark(question.Now.UtcDateTime)),
            Strata = sums.Strata,
            Totals = sums.Totals,
            Shared = sums.Shared,
            Placebo = sums.Before,
            Changes = sums.Moved,
            Coverage = await CoverageAsync(connection, question, scope, release, baseline, cancellationToken),
            ArrivedShare = days.ArrivedShare,
        });
        var over = slow is { } bucket ? DurationSketch.UpperBoundOf(bucket) : SlowInLargeFleetsMs;
        return new VerdictAnswer(verdict, VitalsReader.Utc(days.Days[0]), days.Days.Count, days.Waiting, over, 1);
    }

    /// <summary>The bucket of the baseline's p99; null where a minute takes its place.</summary>
    private static async Task<int?> SlowBucketAsync(NpgsqlConnection connection, DynamicParameters scope, long deviceDays, CancellationToken cancellationToken)
    {
        if (deviceDays > MostSketches)
            return null;
        var encoded = await connection.QuerySingleAsync<byte[]?>(new CommandDefinition(BaselineDurations, scope, cancellationToken: cancellationToken));
        return encoded is null ? null : Sketches.BucketAt(Sketches.Merged(encoded), 0.99m);
    }

    /// <summary>
    /// Who fell silent; null where it cannot be told. Only a release newer than its baseline can be asked: whoever stays behind on an old one is idle more often,
    /// for no fault of its.
    /// </summary>
    private static async Task<Coverage?> CoverageAsync(
        NpgsqlConnection connection, VerdictQuestion question, DynamicParameters scope, ReleaseCandidate release, ReleaseCandidate? baseline, CancellationToken cancellationToken)
    {
        if (!question.CountsSilence || question.Kind == ReleaseKind.Tag || baseline is null || release.FirstAt <= baseline.FirstAt)
            return null;
        var coverage = await connection.QuerySingleAsync<Coverage>(new CommandDefinition(DeviceCoverage, scope, cancellationToken: cancellationToken));
        return Math.Min(coverage.ReleaseDevices, coverage.BaselineDevices) < VerdictLimits.MinimumDevices ? null : coverage;
    }

    private static ReleaseCandidate? BaselineOf(VerdictQuestion question, IReadOnlyList<ReleaseCandidate> candidates) => question.Baseline is { } named
        ? candidates.First(candidate => candidate.Name == named)
        : candidates.Where(candidate => candidate.Name != question.Release).MaxBy(candidate => candidate.Devices);

    private static DateTime Earlier(DateTime left, DateTime right) => left < right ? left : right;
}
