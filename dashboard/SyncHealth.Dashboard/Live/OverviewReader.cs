using SyncHealth.Dashboard.Alerts;
using SyncHealth.Dashboard.Health;
using SyncHealth.Dashboard.State;
using SyncHealth.Storage.Alerts;
using SyncHealth.Storage.Causes;
using SyncHealth.Storage.Devices;
using SyncHealth.Storage.Markers;
using SyncHealth.Storage.Vitals;

namespace SyncHealth.Dashboard.Live;

/// <summary>Asks the readers everything the overview needs, all as of one moment.</summary>
public sealed class OverviewReader(
    IAppReader apps, IVitalsReader vitals, IDeviceReader devices, IWorkAtRiskReader work, IMarkerReader markers, IAlertReader alerts, ICauseReader causes, DashboardOptions options, TimeProvider clock)
{
    private const int DevicesListed = 10;

    private static readonly IReadOnlyList<string> CoreDimensions = [.. Dimension.Core.Select(dimension => dimension.Name)];

    public async Task<OverviewAnswers> ReadAsync(OverviewState state, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var known = await apps.ListAsync(cancellationToken);
        var app = state.App is null ? First(known) : known.FirstOrDefault(candidate => candidate.Name == state.App);
        var answers = new OverviewAnswers { Now = now, Apps = known, App = app };
        return app is null ? answers : await ReadAppAsync(answers, app.Name, state, cancellationToken);
    }

    /// <summary>One question after the other: together they are one viewer's load, and a page must not take a connection each.</summary>
    private async Task<OverviewAnswers> ReadAppAsync(OverviewAnswers answers, string app, OverviewState state, CancellationToken cancellationToken)
    {
        var whole = new VitalsQuery { App = app, From = answers.Now - state.Range.Length, To = answers.Now, Now = answers.Now, Filters = state.Filters.Filters };
        var stepped = whole with { From = state.Range.FirstPoint(answers.Now), Step = state.Range.Step };
        var riskAfter = TimeSpan.FromSeconds(options.BandsOf(app).Staleness.Target);
        var before = whole with { From = whole.From - state.Range.Length, To = whole.From };

        var total = One(await vitals.ReadAsync(whole, cancellationToken));
        var previous = One(await vitals.ReadAsync(before, cancellationToken));
        var points = First(Groups(await vitals.ReadAsync(stepped, cancellationToken)))?.Points ?? [];
        return answers with
        {
            Total = total,
            Previous = previous,
            Points = points,
            Cause = Drop.Find(state.Range, answers.Now, points, total, previous) is { } drop ? await ExplainAsync(drop, whole, cancellationToken) : null,
            Groups = state.By is { } by ? Groups(await vitals.ReadAsync(stepped with { By = [by.Name] }, cancellationToken)) : [],
            Cells = Groups(await vitals.ReadAsync(whole with { By = CoreDimensions }, cancellationToken)),
            Durations = First((await vitals.ReadDistributionAsync(DistributionMetric.Duration, whole, cancellationToken))?.Groups ?? [])?.Buckets ?? [],
            Staleness = (await vitals.ReadDistributionAsync(DistributionMetric.Staleness, whole with { By = CoreDimensions }, cancellationToken))?.Groups ?? [],
            FurthestBehind = await devices.FurthestBehindAsync(app, answers.Now, state.Filters.Filters, DevicesListed, cancellationToken),
            AtRisk = await work.ReadWorkAtRiskAsync(app, answers.Now, answers.Now - riskAfter, state.Filters.Filters, cancellationToken),
            RiskAfter = riskAfter,
            Markers = await markers.ListAsync(app, whole.From, whole.To, cancellationToken),
            Alerts = await alerts.ListActiveAsync(app, cancellationToken),
            UnwatchedFor = Unwatched.Since(await alerts.ReadLastRoundAsync(cancellationToken), TimeProvider.System.GetUtcNow()),
            UnreachedRules = await alerts.ListUnreachedRulesAsync(cancellationToken),
        };
    }

    private Task<CauseAnswer?> ExplainAsync(Drop drop, VitalsQuery whole, CancellationToken cancellationToken) => causes.ReadAsync(
        new CauseQuery { App = whole.App, BeforeFrom = drop.BeforeFrom, BeforeTo = drop.From, From = drop.From, To = drop.To, Now = whole.Now, Filters = whole.Filters },
        cancellationToken);

    private static IReadOnlyList<VitalsGroup> Groups(VitalsAnswer? answer) => answer?.Groups ?? [];

    private static VitalsPoint? One(VitalsAnswer? answer) => First(First(Groups(answer))?.Points ?? []);

    private static T? First<T>(IReadOnlyList<T> list)
        where T : class => list.Count > 0 ? list[0] : null;
}
