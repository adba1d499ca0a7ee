using SyncHealth.Dashboard.Conflicts;
using SyncHealth.Dashboard.State;
using SyncHealth.Dashboard.Tests.Fakes;
using SyncHealth.Dashboard.Wording;
using SyncHealth.Storage.Vitals;

namespace SyncHealth.Dashboard.Tests.Conflicts;

public sealed class ConflictSummaryTests
{
    private static readonly DateTimeOffset At = Some.Now.AddMinutes(-2);

    [Fact]
    public void Figures_SomeConflicts_CountEditsPerThousandAttempts()
    {
        var figures = ConflictSummary.Figures(
            Some.Point(4000) with { ConflictRate = 0.75, ConflictedShare = 0.7 }, Some.Point(4000) with { ConflictRate = 0.5 },
            [Share("note", "lww", 20, discarded: 6), Share("note", "unresolved", 10)]);

        Assert.Equal(["0.75 per 100", "0.7 %", "1.5 per 1,000", "10"], figures.Select(figure => Plain(figure.Value)));
        Assert.Equal("30 conflicts in 4,000 attempts · +0.25 against the time before", Plain(figures[0].Note));
    }

    [Fact]
    public void Figures_NoAttempts_ClaimNothing()
    {
        var figures = ConflictSummary.Figures(null, null, []);

        Assert.Equal(["–", "–", "–", "0"], figures.Select(figure => figure.Value));
    }

    [Fact]
    public void Spots_Entities_AreMostFirstWithTheirMix()
    {
        var spots = ConflictSummary.Spots([Share("photo", "lww", 5), Share("note", "lww", 60, discarded: 9), Share("note", "crdt", 20), Share("", "unknown", 15, kind: "unknown")]);

        Assert.Equal([("note", 80L, 9L), ("not named by the app", 15L, 0L), ("photo", 5L, 0L)], spots.Select(spot => (spot.Entity, spot.Conflicts, spot.Discarded)));
        Assert.Equal("last write wins 75 %, CRDT 25 %", Plain(spots[0].Strategies));
        Assert.Equal("both changed it", spots[0].Kinds);
        Assert.Equal(0.8, spots[0].Share);
    }

    [Fact]
    public void Winners_AddUpToTheWhole()
    {
        var winners = ConflictSummary.Winners([Share("a", "lww", 6), Share("b", "lww", 3, winner: "local"), Share("b", "crdt", 1, winner: "merged")]);

        Assert.Equal(["the other side kept", "this device kept", "both kept, merged"], winners.Select(winner => winner.Name));
        Assert.Equal(1, winners.Sum(winner => winner.Share), 9);
    }

    [Fact]
    public void Trend_PerHundredAttempts_IsStackedByTheProperty()
    {
        VitalsPoint[] points = [Some.Point(200, at: At), Some.Point(0, at: At.AddMinutes(1))];

        var chart = ConflictTrend.Build("kinds", "x", points, [Share("note", "lww", 3), Share("photo", "crdt", 1), Share("note", "lww", 1, kind: "unique")], share => share.Kind, StrategyWords.Kinds, TimeSpan.FromMinutes(1), Some.Now);

        Assert.Equal([("both changed it", 2.0, null), ("unique value taken", 0.5, null)], chart.Spec.Series.Select(series => (series.Name, series.Values[0], series.Values[1])));
        Assert.False(chart.Spec.IsEmpty);
        Assert.True(ConflictTrend.Build("kinds", "x", points, [], share => share.Kind, StrategyWords.Kinds, TimeSpan.FromMinutes(1), Some.Now).Spec.IsEmpty);
    }

    [Fact]
    public void Step_OfADayOrMore_IsOneThatTheRollupsHold()
    {
        Assert.Equal(TimeSpan.FromHours(1), ConflictTrend.StepOf(TimeRange.Day));
        Assert.Equal(TimeSpan.FromHours(6), ConflictTrend.StepOf(TimeRange.Week));
        Assert.All(TimeRange.All, range => Assert.Equal(0, ConflictTrend.FirstPoint(range, Some.Now).UtcTicks % ConflictTrend.StepOf(range).Ticks));
    }

    private static ConflictShare Share(string entity, string strategy, long count, long discarded = 0, string kind = "update_update", string winner = "remote") =>
        new(new Dictionary<string, string>(), At, entity, kind, strategy, winner, count, discarded);

    private static string Plain(string text) => text.Replace('\u00A0', ' ');
}
