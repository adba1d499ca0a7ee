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
        var asOf = state.AsOf < now ? state.AsOf : null;
        var answers = new OverviewAnswers { Now = asOf ?? now, IsPast = asOf is not null, Apps = known, App = app };
        if (app is null)
            return answers;
        var whole = new VitalsQuery { App = app.Name, From = answers.Now - state.Range.Length, To = answers.Now, Now = now, AsOf = asOf, Filters = state.Filters.Filters };
        var seen = await ReadSeenAsync(answers, whole, state, cancellationToken);
        return asOf is { } then
            ? seen with { PastAlerts = await alerts.ListAsOfAsync(app.Name, then, cancellationToken) }
            : await ReadPresentAsync(seen, whole, state, cancellationToken);
    }

    /// <summary>What can be known of any moment. One question after the other: together they are one viewer's load, and a page must not take a connection each.</summary>
    private async Task<OverviewAnswers> ReadSeenAsync(OverviewAnswers answers, VitalsQuery whole, OverviewState state, CancellationToken cancellationToken)
    {
        var stepped = whole with { From = state.Range.FirstPoint(answers.Now), Step = state.Range.Step };
        var before = whole with { From = whole.From - state.Range.Length, To = whole.From };
        return answers with
        {
            Total = One(await vitals.ReadAsync(whole, cancellationToken)),
            Previous = One(await vitals.ReadAsync(before, cancellationToken)),
            Points = First(Groups(await vitals.ReadAsync(stepped, cancellationToken)))?.Points ?? [],
            Groups = state.By is { } by ? Groups(await vitals.ReadAsync(stepped with { By = [by.Name] }, cancellationToken)) : [],
            Cells = Groups(await vitals.ReadAsync(whole with { By = CoreDimensions }, cancellationToken)),
            Durations = First((await vitals.ReadDistributionAsync(DistributionMetric.Duration, whole, cancellationToken))?.Groups ?? [])?.Buckets ?? [],
            Staleness = (await vitals.ReadDistributionAsync(DistributionMetric.Staleness, whole with { By = CoreDimensions }, cancellationToken))?.Groups ?? [],
            Markers = await markers.ListAsync(whole.App, whole.From, whole.To, cancellationToken),
        };
    }

    /// <summary>What is known for the present alone.</summary>
    private async Task<OverviewAnswers> ReadPresentAsync(OverviewAnswers seen, VitalsQuery whole, OverviewState state, CancellationToken cancellationToken)
    {
        var riskAfter = TimeSpan.FromSeconds(options.BandsOf(whole.App).Staleness.Target);
        return seen with
        {
            Cause = Drop.Find(state.Range, seen.Now, seen.Points, seen.Total, seen.Previous) is { } drop ? await ExplainAsync(drop, whole, cancellationToken) : null,
            FurthestBehind = await devices.FurthestBehindAsync(whole.App, seen.Now, state.Filters.Filters, DevicesListed, cancellationToken),
            AtRisk = await work.ReadWorkAtRiskAsync(whole.App, seen.Now, seen.Now - riskAfter, state.Filters.Filters, cancellationToken),
            RiskAfter = riskAfter,
            Alerts = await alerts.ListActiveAsync(whole.App, cancellationToken),
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
