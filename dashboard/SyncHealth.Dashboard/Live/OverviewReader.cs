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
    IAppReader apps, IVitalsReader vitals, IDeviceReader devices, IWorkAtRiskReader work, IMarkerReader markers, IAlertReader alerts, CauseShelf causes, DeviceCountShelf counts,
    DashboardOptions options, TimeProvider clock)
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
        return await ReadAppAsync(answers, whole, state, cancellationToken);
    }

    /// <summary>Two questions at a time: a page that waits for a dozen one after the other is slow, and one that takes a connection for each of them starves the others.</summary>
    private async Task<OverviewAnswers> ReadAppAsync(OverviewAnswers answers, VitalsQuery whole, OverviewState state, CancellationToken cancellationToken)
    {
        var signs = ReadSignsAsync(answers, whole, state, cancellationToken);
        var others = ReadOthersAsync(answers, whole, cancellationToken);
        await Task.WhenAll(signs, others);
        var told = await signs;
        return (await others) with
        {
            Total = told.Total, Previous = told.Previous, Points = told.Points, Cause = told.Cause, Groups = told.Groups, Cells = told.Cells,
        };
    }

    /// <summary>The vital signs, in one go, and devices where they are shown, beside the whole range: in a large fleet they are the dearest part of a question.</summary>
    private async Task<OverviewAnswers> ReadSignsAsync(OverviewAnswers answers, VitalsQuery whole, OverviewState state, CancellationToken cancellationToken)
    {
        var stepped = whole with { From = state.Range.FirstPoint(answers.Now), Step = state.Range.Step, Parts = VitalsParts.Completeness };
        List<VitalsQuery> questions =
        [
            whole with { Parts = VitalsParts.Fleet | VitalsParts.Completeness }, whole with { From = whole.From - state.Range.Length, To = whole.From, Parts = VitalsParts.Fleet },
            stepped with { Parts = VitalsParts.Fleet | VitalsParts.Completeness }, whole with { By = CoreDimensions, Counts = VitalsCounts.Tallies, Parts = VitalsParts.Fleet },
        ];
        if (state.By is { } by)
            questions.Add(stepped with { By = [by.Name] });
        var read = await vitals.ReadAllAsync(questions, cancellationToken) ?? [];
        var (total, previous, points) = (One(read.ElementAtOrDefault(0)), One(read.ElementAtOrDefault(1)), First(Groups(read.ElementAtOrDefault(2)))?.Points ?? []);
        var drop = answers.IsPast ? null : Drop.Find(state.Range, answers.Now, points, total, previous);
        return answers with
        {
            Total = total is null ? null : total with { Devices = await counts.ReadAsync(whole, cancellationToken) },
            Previous = previous,
            Points = points,
            Cause = drop is null ? null : await ExplainAsync(drop, whole, cancellationToken),
            Cells = Groups(read.ElementAtOrDefault(3)),
            Groups = Groups(read.ElementAtOrDefault(4)),
        };
    }

    private async Task<OverviewAnswers> ReadOthersAsync(OverviewAnswers answers, VitalsQuery whole, CancellationToken cancellationToken)
    {
        var seen = answers with
        {
            Durations = First((await vitals.ReadDistributionAsync(DistributionMetric.Duration, whole, cancellationToken))?.Groups ?? [])?.Buckets ?? [],
            Staleness = (await vitals.ReadDistributionAsync(DistributionMetric.Staleness, whole with { By = CoreDimensions }, cancellationToken))?.Groups ?? [],
            Markers = await markers.ListAsync(whole.App, whole.From, whole.To, cancellationToken),
        };
        return answers.IsPast
            ? seen with { PastAlerts = await alerts.ListAsOfAsync(whole.App, answers.Now, cancellationToken) }
            : await ReadPresentAsync(seen, whole, cancellationToken);
    }

    /// <summary>What is known for the present alone.</summary>
    private async Task<OverviewAnswers> ReadPresentAsync(OverviewAnswers seen, VitalsQuery whole, CancellationToken cancellationToken)
    {
        var riskAfter = TimeSpan.FromSeconds(options.BandsOf(whole.App).Staleness.Target);
        return seen with
        {
            FurthestBehind = await devices.FurthestBehindAsync(whole.App, seen.Now, whole.Filters, DevicesListed, cancellationToken),
            AtRisk = await work.ReadWorkAtRiskAsync(whole.App, seen.Now, seen.Now - riskAfter, whole.Filters, cancellationToken),
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
