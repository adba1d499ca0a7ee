using SyncHealth.Dashboard.State;
using SyncHealth.Storage.Markers;
using SyncHealth.Storage.Vitals;

namespace SyncHealth.Dashboard.Explore;

/// <summary>Asks the readers everything Explore needs, all as of one moment.</summary>
public sealed class ExploreReader(
    IAppReader apps, IDimensionReader dimensions, IVitalsReader vitals, IBreakdownReader breakdown, IDurationReader durations, IMarkerReader markers, TimeProvider clock)
{
    private static readonly IReadOnlyList<string> CoreDimensions = [.. Dimension.Core.Select(dimension => dimension.Name)];

    public async Task<ExploreAnswers> ReadAsync(ExploreState state, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var known = await apps.ListAsync(cancellationToken);
        var app = state.App is null ? First(known) : known.FirstOrDefault(candidate => candidate.Name == state.App);
        var ask = new ExploreQuestions(state, app?.Name ?? "", now);
        var answers = new ExploreAnswers { Now = ask.Whole.AsOf ?? now, Apps = known, App = app, From = ask.Whole.From, To = ask.Whole.To };
        return app is null ? answers : await ReadAppAsync(answers, ask, cancellationToken);
    }

    /// <summary>One question after the other: together they are one viewer's load, and a page must not take a connection each.</summary>
    private async Task<ExploreAnswers> ReadAppAsync(ExploreAnswers answers, ExploreQuestions ask, CancellationToken cancellationToken)
    {
        var state = ask.State;
        var total = await vitals.ReadAsync(ask.Whole, cancellationToken);
        var cells = Groups(await vitals.ReadAsync(ask.Whole with { By = CoreDimensions, Parts = VitalsParts.None }, cancellationToken));
        var by = (state.By ?? BestSplit.Find(cells, state.Filters)).Name;
        return answers with
        {
            Values = await dimensions.ListValuesAsync(ask.Whole.App, cancellationToken),
            CountedFrom = total?.From ?? answers.From,
            Total = One(total),
            Before = One(await vitals.ReadAsync(ask.Before, cancellationToken)),
            Points = First(Groups(await vitals.ReadAsync(ask.Stepped, cancellationToken)))?.Points ?? [],
            BeforePoints = state.Against.Kind == ComparisonKind.None
                ? []
                : First(Groups(await vitals.ReadAsync(ask.BeforeStepped, cancellationToken)))?.Points ?? [],
            By = by,
            Groups = Groups(await vitals.ReadAsync(ask.Whole with { By = [by] }, cancellationToken)),
            GroupsBefore = Groups(await vitals.ReadAsync(ask.Before with { By = [by] }, cancellationToken)),
            GroupPoints = state.By is null ? [] : Groups(await vitals.ReadAsync(ask.Stepped with { By = [by] }, cancellationToken)),
            Cells = cells,
            Errors = (await breakdown.ReadErrorsAsync(ask.Whole, cancellationToken))?.Errors ?? [],
            ErrorPoints = (await breakdown.ReadErrorsAsync(ask.ErrorsStepped, cancellationToken))?.Errors ?? [],
            ErrorsBefore = (await breakdown.ReadErrorsAsync(ask.Before, cancellationToken))?.Errors ?? [],
            Durations = (await durations.ReadDurationsAsync(ask.Stepped, cancellationToken))?.Slices ?? [],
            Markers = await markers.ListAsync(ask.Whole.App, answers.From, answers.To, cancellationToken),
        };
    }

    private static IReadOnlyList<VitalsGroup> Groups(VitalsAnswer? answer) => answer?.Groups ?? [];

    private static VitalsPoint? One(VitalsAnswer? answer) => First(First(Groups(answer))?.Points ?? []);

    private static T? First<T>(IReadOnlyList<T> list)
        where T : class => list.Count > 0 ? list[0] : null;
}
