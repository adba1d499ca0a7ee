using SyncHealth.Alerting.Digests;
using SyncHealth.Alerting.Evaluation;
using SyncHealth.Storage.Alerts;
using SyncHealth.Storage.Releases;
using SyncHealth.Storage.Vitals;

namespace SyncHealth.Alerting.Worker.Digests;

/// <summary>Reads what a digest tells of: the vital signs that every page shows, and the record of alerting.</summary>
internal sealed class DigestReading(IVitalsReader vitals, NoiseReader noise, ReleaseNotices releases)
{
    private const double Percent = 100;

    /// <summary>Late breaches read; a digest names a handful and counts the rest.</summary>
    private const int MaxLate = 100;

    private static readonly DimensionFilter Production = new("environment", "production");

    /// <param name="app">The app.</param>
    /// <param name="from">Start of the period.</param>
    /// <param name="to">Its end.</param>
    /// <param name="before">Start of the period before it.</param>
    /// <param name="now">The moment of reading, on the shared clock.</param>
    /// <param name="cancellationToken">Stops waiting for the database.</param>
    public async Task<DigestFacts> ReadAsync(
        string app, DateTimeOffset from, DateTimeOffset to, DateTimeOffset before, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var period = new VitalsQuery { App = app, From = from, To = to, Now = now, Filters = [Production] };
        var whole = PointOf(await vitals.ReadAsync(period, cancellationToken));
        var past = PointOf(await vitals.ReadAsync(period with { From = before, To = from }, cancellationToken));
        var known = await releases.ListNewAsync(app, from, to, cancellationToken);
        var versions = known.Count == 0 ? null : await vitals.ReadAsync(period with { By = ["app_version"] }, cancellationToken);
        return new DigestFacts(
            app, from, to, Describe(whole), Describe(past), [.. known.Select(version => Describe(version, versions, whole?.Attempts ?? 0))],
            [.. (await noise.ReadAsync(app, from, to, cancellationToken)).Select(rule => new RuleNoise(rule.Rule, rule.Incidents, rule.Open, rule.Brief, rule.Acknowledged, rule.Duplicates, rule.BriefSeconds))],
            await noise.CountLostAsync(app, from, to, cancellationToken))
        {
            Late = [.. (await noise.ListLateAsync(app, from, to, MaxLate, cancellationToken)).Select(Describe)],
        };
    }

    private static LateBreach Describe(LoggedLateBreach logged)
    {
        var finding = AlertJson.Read<Finding>(logged.InputsJson);
        return new LateBreach(
            logged.Rule, [.. logged.Segment.Values], finding.Measurement.Value, logged.Unit, finding.Measurement.Window.To, finding.Lateness ?? TimeSpan.Zero);
    }

    private static DigestVitals Describe(VitalsPoint? point) => new(
        point?.Attempts ?? 0, point?.Devices, point?.SuccessRate, point?.SuccessRateLow, point?.SuccessRateHigh, point?.DurationMs?.P99, point?.ConflictRate,
        point?.QueueDepth?.P99, point?.StalenessSeconds?.P90);

    private static DigestRelease Describe(string version, VitalsAnswer? answer, long attempts)
    {
        var point = PointOf(answer?.Groups.FirstOrDefault(group => group.By.GetValueOrDefault("app_version") == version));
        return new DigestRelease(version, attempts == 0 ? 0 : Percent * (point?.Attempts ?? 0) / attempts, point?.SuccessRate);
    }

    private static VitalsPoint? PointOf(VitalsAnswer? answer) => answer is { Groups: [var group, ..] } ? PointOf(group) : null;

    private static VitalsPoint? PointOf(VitalsGroup? group) => group is { Points: [var point, ..] } ? point : null;
}
