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

    /// <summary>Two questions at a time: a page that waits for a dozen one after the other is slow, and one that takes a connection for each of them starves the others.</summary>
    private async Task<ExploreAnswers> ReadAppAsync(ExploreAnswers answers, ExploreQuestions ask, CancellationToken cancellationToken)
    {
        var signs = ReadSignsAsync(answers, ask, cancellationToken);
        var others = ReadOthersAsync(answers, ask, cancellationToken);
        await Task.WhenAll(signs, others);
        var told = await others;
        return (await signs) with
        {
            Values = told.Values, Errors = told.Errors, ErrorPoints = told.ErrorPoints, ErrorsBefore = told.ErrorsBefore, Durations = told.Durations, Markers = told.Markers,
        };
    }

    /// <summary>The vital signs, in two goes. Of devices and queues is asked what is drawn: in a large fleet they are the dearest parts of a question.</summary>
    private async Task<ExploreAnswers> ReadSignsAsync(ExploreAnswers answers, ExploreQuestions ask, CancellationToken cancellationToken)
    {
        var (state, parts) = (ask.State, ask.State.Metric.Parts);
        var first = await vitals.ReadAllAsync([ask.Whole, ask.Whole with { By = CoreDimensions, TalliesOnly = true, Parts = VitalsParts.None }], cancellationToken) ?? [];
        var cells = Groups(first.ElementAtOrDefault(1));
        var by = (state.By ?? BestSplit.Find(cells, state.Filters)).Name;
        var before = ask.Before with { Parts = parts };
        // What not every address asks stands last.
        List<VitalsQuery> questions =
        [
            before, ask.Stepped with { Parts = parts | VitalsParts.Fleet | VitalsParts.Written }, ask.Whole with { By = [by], Parts = parts | VitalsParts.Devices }, before with { By = [by] },
        ];
        if (state.By is not null)
            questions.Add(ask.Stepped with { By = [by], Parts = parts });
        if (state.Against.Kind != ComparisonKind.None)
            questions.Add(ask.BeforeStepped with { Parts = parts });
        var read = await vitals.ReadAllAsync(questions, cancellationToken) ?? [];
        return answers with
        {
            CountedFrom = first.ElementAtOrDefault(0)?.From ?? answers.From,
            Total = One(first.ElementAtOrDefault(0)),
            Before = One(read.ElementAtOrDefault(0)),
            Points = First(Groups(read.ElementAtOrDefault(1)))?.Points ?? [],
            BeforePoints = state.Against.Kind == ComparisonKind.None ? [] : First(Groups(read.ElementAtOrDefault(questions.Count - 1)))?.Points ?? [],
            By = by,
            Groups = Groups(read.ElementAtOrDefault(2)),
            GroupsBefore = Groups(read.ElementAtOrDefault(3)),
            GroupPoints = state.By is null ? [] : Groups(read.ElementAtOrDefault(4)),
            Cells = cells,
        };
    }

    private async Task<ExploreAnswers> ReadOthersAsync(ExploreAnswers answers, ExploreQuestions ask, CancellationToken cancellationToken) => answers with
    {
        Values = await dimensions.ListValuesAsync(ask.Whole.App, cancellationToken),
        Errors = (await breakdown.ReadErrorsAsync(ask.Whole, cancellationToken))?.Errors ?? [],
        ErrorPoints = (await breakdown.ReadErrorsAsync(ask.ErrorsStepped, cancellationToken))?.Errors ?? [],
        ErrorsBefore = (await breakdown.ReadErrorsAsync(ask.Before, cancellationToken))?.Errors ?? [],
        Durations = (await durations.ReadDurationsAsync(ask.Stepped, cancellationToken))?.Slices ?? [],
        Markers = await markers.ListAsync(ask.Whole.App, answers.From, answers.To, cancellationToken),
    };

    private static IReadOnlyList<VitalsGroup> Groups(VitalsAnswer? answer) => answer?.Groups ?? [];

    private static VitalsPoint? One(VitalsAnswer? answer) => First(First(Groups(answer))?.Points ?? []);

    private static T? First<T>(IReadOnlyList<T> list)
        where T : class => list.Count > 0 ? list[0] : null;
}
