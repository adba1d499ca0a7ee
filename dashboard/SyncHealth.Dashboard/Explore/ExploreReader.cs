using SyncHealth.Dashboard.State;
using SyncHealth.Storage.Markers;
using SyncHealth.Storage.Vitals;

namespace SyncHealth.Dashboard.Explore;

/// <summary>Asks the readers everything Explore needs, all as of one moment.</summary>
public sealed class ExploreReader(
    IAppReader apps, IDimensionReader dimensions, IVitalsReader vitals, IBreakdownReader breakdown, IDurationReader durations, IMarkerReader markers, TimeProvider clock)
{
    /// <summary>
    /// Attempts of a range, in all the app, up to which devices are told apart by a dimension that no set knows. Each is a raw event to read, 2.6 µs measured: half a second, which the
    /// page waits for beside its other questions. Three hundred million, a month of a million devices, would be a quarter of an hour.
    /// </summary>
    internal const long MostTold = 200_000;

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

    /// <summary>
    /// Two questions at a time: a page that waits for a dozen one after the other is slow, and one that takes a connection for each of them starves the others. Devices of a
    /// dimension that no set knows are counted from raw events, which takes as long as all the rest and more: they are the third, where these are few enough.
    /// </summary>
    private async Task<ExploreAnswers> ReadAppAsync(ExploreAnswers answers, ExploreQuestions ask, CancellationToken cancellationToken)
    {
        var signs = ReadSignsAsync(answers, ask, cancellationToken);
        var others = ReadOthersAsync(answers, ask, cancellationToken);
        var groups = ask.State.By is { } by && IsFine(by) ? ReadFineGroupsAsync(ask, by, cancellationToken) : Task.FromResult<VitalsAnswer?>(null);
        await Task.WhenAll(signs, others, groups);
        var (known, told) = (await signs, await others);
        return known with
        {
            Groups = await groups is { } answer ? answer.Groups : known.Groups,
            Values = told.Values, Errors = told.Errors, ErrorPoints = told.ErrorPoints, ErrorsBefore = told.ErrorsBefore, Durations = told.Durations, Markers = told.Markers,
        };
    }

    /// <summary>
    /// The vital signs: in one go, or in two where what to split by is to be found first. Of devices, queues and groups is asked what is drawn: in a large fleet they are the
    /// dearest parts of a question.
    /// </summary>
    private async Task<ExploreAnswers> ReadSignsAsync(ExploreAnswers answers, ExploreQuestions ask, CancellationToken cancellationToken)
    {
        var (state, parts, counts) = (ask.State, ask.State.Metric.Parts, ask.State.Metric.Counts);
        var cells = ask.Whole with { By = CoreDimensions, Counts = VitalsCounts.Tallies, Parts = VitalsParts.None };
        var stepped = ask.Stepped with { Parts = parts | VitalsParts.Fleet | VitalsParts.Written };
        var before = ask.Before with { Parts = parts };
        // What not every address asks.
        var beforePoints = state.Against.Kind == ComparisonKind.None ? null : ask.BeforeStepped with { Parts = parts };
        var groupPoints = state.By is { } line ? ask.Stepped with { By = [line.Name], Counts = counts, Parts = parts } : null;
        var known = new Dictionary<VitalsQuery, VitalsAnswer>();
        if (state.By is null)
            await ReadAsync(ask.Whole, cells, stepped, before, beforePoints);

        var by = state.By ?? BestSplit.Find(Groups(Of(cells)), state.Filters);
        var groups = state.By is null || !IsFine(by) ? GroupsBy(ask, by) : null;
        var groupsBefore = before with { By = [by.Name], Counts = counts };
        await (state.By is null ? ReadAsync(groups, groupsBefore) : ReadAsync(ask.Whole, cells, stepped, before, beforePoints, groups, groupsBefore, groupPoints));
        return answers with
        {
            CountedFrom = Of(ask.Whole)?.From ?? answers.From,
            Total = One(Of(ask.Whole)),
            Before = One(Of(before)),
            Points = First(Groups(Of(stepped)))?.Points ?? [],
            BeforePoints = First(Groups(Of(beforePoints)))?.Points ?? [],
            By = by.Name,
            Groups = Groups(Of(groups)),
            GroupsBefore = Groups(Of(groupsBefore)),
            GroupPoints = Groups(Of(groupPoints)),
            Cells = Groups(Of(cells)),
        };

        async Task ReadAsync(params VitalsQuery?[] questions)
        {
            var asked = questions.OfType<VitalsQuery>().ToArray();
            foreach (var (question, answer) in asked.Zip(await vitals.ReadAllAsync(asked, cancellationToken) ?? []))
                known[question] = answer;
        }

        VitalsAnswer? Of(VitalsQuery? question) => question is null ? null : known.GetValueOrDefault(question);
    }

    private async Task<ExploreAnswers> ReadOthersAsync(ExploreAnswers answers, ExploreQuestions ask, CancellationToken cancellationToken)
    {
        var errors = await breakdown.ReadAllErrorsAsync([ask.Whole, ask.ErrorsStepped, ask.Before], cancellationToken) ?? [];
        return answers with
        {
            Values = await dimensions.ListValuesAsync(ask.Whole.App, cancellationToken),
            Errors = errors.ElementAtOrDefault(0)?.Errors ?? [],
            ErrorPoints = errors.ElementAtOrDefault(1)?.Errors ?? [],
            ErrorsBefore = errors.ElementAtOrDefault(2)?.Errors ?? [],
            Durations = (await durations.ReadDurationsAsync(ask.Stepped, cancellationToken))?.Slices ?? [],
            Markers = await markers.ListAsync(ask.Whole.App, answers.From, answers.To, cancellationToken),
        };
    }

    private async Task<VitalsAnswer?> ReadFineGroupsAsync(ExploreQuestions ask, Dimension by, CancellationToken cancellationToken)
    {
        var groups = GroupsBy(ask, by);
        // Who asks for devices gets them.
        if (!ask.State.Metric.Parts.HasFlag(VitalsParts.Devices))
        {
            var all = await vitals.ReadAsync(ask.Whole with { Filters = [], Counts = VitalsCounts.Tallies, Parts = VitalsParts.None }, cancellationToken);
            if (One(all)?.Attempts > MostTold)
                groups = groups with { Parts = groups.Parts & ~VitalsParts.Devices };
        }

        return await vitals.ReadAsync(groups, cancellationToken);
    }

    private static VitalsQuery GroupsBy(ExploreQuestions ask, Dimension by) =>
        ask.Whole with { By = [by.Name], Counts = ask.State.Metric.Counts, Parts = ask.State.Metric.Parts | VitalsParts.Devices };

    private static bool IsFine(Dimension by) => !Dimensions.Core.Contains(by.Name);

    private static IReadOnlyList<VitalsGroup> Groups(VitalsAnswer? answer) => answer?.Groups ?? [];

    private static VitalsPoint? One(VitalsAnswer? answer) => First(First(Groups(answer))?.Points ?? []);

    private static T? First<T>(IReadOnlyList<T> list)
        where T : class => list.Count > 0 ? list[0] : null;
}
