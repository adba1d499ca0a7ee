using SyncHealth.Storage.Writes;
using Xunit;

namespace SyncHealth.Storage.Tests.Writes;

public sealed class DrainPaceTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    private readonly DrainPace _pace = new();

    [Fact]
    public void Within_NothingTakenYet_IsUnbounded() => Assert.Equal(double.PositiveInfinity, _pace.Within(Second));

    [Fact]
    public void Within_OneFullGroup_IsUnbounded()
    {
        _pace.Note(100, isFull: true, At(0));

        Assert.Equal(double.PositiveInfinity, _pace.Within(Second));
    }

    [Fact]
    public void Within_SteadyGroups_IsTheirPace()
    {
        for (var i = 0; i < 50; i++)
            _pace.Note(100, isFull: true, At(i * 0.2));

        Assert.Equal(250, _pace.Within(Second / 2), 1e-6);
    }

    [Fact]
    public void Within_TwoTakersAtTheSameMoment_IsTheirPaceTogether()
    {
        for (var i = 0; i < 200; i++)
            _pace.Note(100, isFull: true, At(i / 2 * 0.2));

        // The pair of the last moment weighs more than the pause before it, by one share of the average at most.
        Assert.InRange(_pace.Within(Second), 1_000 * 0.8, 1_000 * 1.25);
    }

    [Fact]
    public void Within_GroupsThatAreNotFull_TeachNothing()
    {
        for (var i = 0; i < 50; i++)
            _pace.Note(1, isFull: false, At(i));
        _pace.Note(100, isFull: true, At(50));

        Assert.Equal(double.PositiveInfinity, _pace.Within(Second));
    }

    [Fact]
    public void Within_APauseWithNothingToTake_IsNotTimeOfTaking()
    {
        _pace.Note(100, isFull: true, At(0));
        _pace.Note(100, isFull: true, At(0.1));
        _pace.Note(50, isFull: false, At(0.2));
        _pace.Note(100, isFull: true, At(3_600));
        _pace.Note(100, isFull: true, At(3_600.1));

        Assert.Equal(1_000, _pace.Within(Second), 1e-6);
    }

    [Fact]
    public void Within_CommitsThatBecomeTenTimesSlower_FollowsInAFewGroups()
    {
        for (var i = 0; i < 50; i++)
            _pace.Note(100, isFull: true, At(i * 0.1));
        for (var i = 1; i <= 10; i++)
            _pace.Note(100, isFull: true, At(4.9 + i));

        Assert.InRange(_pace.Within(Second), 100, 120);
    }

    private static long At(double seconds) => (long)(seconds * TimeProvider.System.TimestampFrequency);
}
