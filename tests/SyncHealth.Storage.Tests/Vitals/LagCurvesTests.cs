using SyncHealth.Storage.Vitals;
using Xunit;

namespace SyncHealth.Storage.Tests.Vitals;

public sealed class LagCurvesTests
{
    /// <summary>A Monday, 00:00.</summary>
    private static readonly DateTime Monday = new(2026, 3, 2, 0, 0, 0, DateTimeKind.Utc);

    [Fact]
    public void Of_NothingLearned_IsNull()
    {
        Assert.Null(LagCurves.Of([]));
        Assert.Null(LagCurves.Of([new LearnedLag(0, 0, 0)]));
    }

    [Fact]
    public void Completeness_AnHourWithThousands_GoesByItsOwnCurve()
    {
        // Mondays from 00:00 arrive within a minute, Mondays from 01:00 within a quarter of an hour.
        var curves = LagCurves.Of([new LearnedLag(0, 0, 100_000), new LearnedLag(1, 1, 100_000)])!;

        Assert.InRange(At(curves, Monday.AddMinutes(10), age: 60), 0.999, 1);
        Assert.InRange(At(curves, Monday.AddMinutes(70), age: 60), 0, 0.001 + (60.0 / 900));
        Assert.Equal(At(curves, Monday.AddMinutes(70), age: 60), At(curves, Monday.AddDays(7).AddMinutes(70), age: 60), 12);
    }

    [Fact]
    public void Completeness_AnHourNeverSeen_GoesByTheMeanOfTheApp()
    {
        var curves = LagCurves.Of([new LearnedLag(0, 0, 30), new LearnedLag(1, 1, 10)])!;

        Assert.Equal(0.75, At(curves, Monday.AddHours(100), age: 60), 12);
    }

    [Fact]
    public void Completeness_AnHourWithAHundred_IsHalfItsOwnHalfTheMean()
    {
        var curves = LagCurves.Of([new LearnedLag(0, 0, 100), new LearnedLag(1, 1, 100)])!;

        Assert.Equal(0.75, At(curves, Monday.AddMinutes(10), age: 60), 12);
        Assert.Equal(0.25, At(curves, Monday.AddMinutes(70), age: 60), 1);
    }

    [Fact]
    public void Completeness_SeveralHours_AreWeightedByTheirAttempts()
    {
        // The busy hour is complete after a minute, the quiet one after six hours.
        var curves = LagCurves.Of([new LearnedLag(0, 0, 99_999), new LearnedLag(1, 3, 999)])!;
        var now = Monday.AddHours(2);

        var busy = curves.Completeness(Monday, Monday.AddHours(1), now);
        var quiet = curves.Completeness(Monday.AddHours(1), Monday.AddHours(2), now);

        Assert.Equal(((100 * busy) + quiet) / 101, curves.Completeness(Monday, Monday.AddHours(2), now), 9);
    }

    [Fact]
    public void Completeness_OlderThanTheLongestLag_IsOneAndTheFutureIsNone()
    {
        var curves = LagCurves.Of([new LearnedLag(0, 0, 7), new LearnedLag(5, 4, 1)])!;

        Assert.Equal(1, curves.Completeness(Monday, Monday.AddDays(3), Monday.AddDays(4)));
        Assert.True(curves.Completeness(Monday, Monday.AddDays(3), Monday.AddDays(4).AddSeconds(-1)) < 1);
        Assert.Equal(0, curves.Completeness(Monday.AddHours(1), Monday.AddHours(2), Monday));
    }

    private static double At(LagCurves curves, DateTime at, int age) => curves.Completeness(at, at, at.AddSeconds(age));
}
