using SyncHealth.Dashboard.Live;
using SyncHealth.Dashboard.State;
using SyncHealth.Dashboard.Wording;
using SyncHealth.Storage.Vitals;

namespace SyncHealth.Dashboard.Conflicts;

/// <summary>Asks how conflicts of a range arose and were settled.</summary>
public sealed class ConflictsReader(IAppReader apps, IVitalsReader vitals, IBreakdownReader breakdowns, TimeProvider clock) : IPageReader<PageState, ConflictsView>
{
    /// <inheritdoc/>
    public async Task<ConflictsView> ReadAsync(PageState state, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(state);
        var frame = await PageFrame.ReadAsync(apps, state.App, clock, cancellationToken);
        if (frame.App is not { Name: var app })
            return new ConflictsView(frame, state, [], [], [], []);
        var step = ConflictTrend.StepOf(state.Range);
        var whole = new VitalsQuery { App = app, From = frame.Now - state.Range.Length, To = frame.Now, Now = frame.Now, Parts = VitalsParts.None };
        var stepped = whole with { From = ConflictTrend.FirstPoint(state.Range, frame.Now), Step = step, Parts = VitalsParts.Completeness };
        var read = await vitals.ReadAllAsync([whole, whole with { From = whole.From - state.Range.Length, To = whole.From }, stepped], cancellationToken) ?? [];
        var (total, previous) = (Single(read.ElementAtOrDefault(0)), Single(read.ElementAtOrDefault(1)));
        var points = read.ElementAtOrDefault(2) is { Groups: [var only, ..] } ? only.Points : [];
        var conflicts = (await breakdowns.ReadConflictsAsync(whole, cancellationToken))?.Conflicts ?? [];
        var trend = (await breakdowns.ReadConflictsAsync(stepped, cancellationToken))?.Conflicts ?? [];
        return new ConflictsView(
            frame, state, ConflictSummary.Figures(total, previous, conflicts),
            [
                ConflictTrend.Build("kinds", "How they arise", points, trend, share => share.Kind, StrategyWords.Kinds, step, frame.Now),
                ConflictTrend.Build("strategies", "How they are settled", points, trend, share => share.Strategy, StrategyWords.Strategies, step, frame.Now),
            ],
            ConflictSummary.Spots(conflicts), ConflictSummary.Winners(conflicts));
    }

    private static VitalsPoint? Single(VitalsAnswer? answer) => answer is { Groups: [{ Points: [var point, ..] }, ..] } ? point : null;
}
