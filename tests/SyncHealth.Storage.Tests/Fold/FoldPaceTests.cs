using SyncHealth.Storage.Fold;
using SyncHealth.Storage.Tests.Writes;
using SyncHealth.Testing;
using Xunit;

namespace SyncHealth.Storage.Tests.Fold;

public sealed class FoldPaceTests
{
    private static readonly TimeSpan Work = TimeSpan.FromMilliseconds(50);

    private readonly ManualTimeProvider _clock = new(Some.Now);

    [Fact]
    public async Task Rest_AfterAStatement_TakesTwiceAsLong()
    {
        var pace = FoldPace.Resting(_clock);
        pace.Begin();
        _clock.Advance(Work);

        var rest = pace.RestAsync(CancellationToken.None);
        _clock.Advance(Work * 2 - TimeSpan.FromMilliseconds(1));
        Assert.False(rest.IsCompleted);
        _clock.Advance(TimeSpan.FromMilliseconds(1));
        await rest;
    }

    [Fact]
    public void Rest_WhatWasNoWork_IsNotRestedFor()
    {
        var pace = FoldPace.Resting(_clock);
        _clock.Advance(TimeSpan.FromHours(1));
        pace.Begin();
        Assert.True(pace.RestAsync(CancellationToken.None).IsCompletedSuccessfully);
    }

    [Fact]
    public async Task Rest_AfterALongStatement_IsBounded()
    {
        var pace = FoldPace.Resting(_clock);
        pace.Begin();
        _clock.Advance(TimeSpan.FromMinutes(1));
        var rest = pace.RestAsync(CancellationToken.None);
        _clock.Advance(TimeSpan.FromSeconds(1));
        await rest;
    }

    [Fact]
    public async Task Rest_OfOneFold_IsBoundedTogether_UntilTheNext()
    {
        var pace = FoldPace.Resting(_clock);
        for (var second = 0; second < 10; second++)
            await RestAfterAMinuteAsync(pace, TimeSpan.FromSeconds(1));
        await RestAfterAMinuteAsync(pace, TimeSpan.Zero);

        pace.Folded(hasLeftSome: true);
        await RestAfterAMinuteAsync(pace, TimeSpan.FromSeconds(1));
    }

    [Fact]
    public void Factor_WhileFoldsLeaveSome_Falls_UntilOneTakesAll()
    {
        var pace = FoldPace.Resting(_clock);
        var factors = new List<int>();
        for (var fold = 0; fold < 12; fold++)
        {
            factors.Add(pace.Factor);
            pace.Folded(hasLeftSome: true);
        }

        Assert.Equal([2, 2, 2, 2, 2, 1, 1, 1, 1, 1, 0, 0], factors);
        pace.Folded(hasLeftSome: false);
        Assert.Equal(2, pace.Factor);
    }

    [Fact]
    public void Rest_OfNone_NeverWaits()
    {
        FoldPace.None.Begin();
        Assert.True(FoldPace.None.RestAsync(CancellationToken.None).IsCompletedSuccessfully);
    }

    [Fact]
    public async Task Rest_Cancelled_Ends()
    {
        var pace = FoldPace.Resting(_clock);
        pace.Begin();
        _clock.Advance(Work);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => pace.RestAsync(new CancellationToken(canceled: true)));
    }

    private async Task RestAfterAMinuteAsync(FoldPace pace, TimeSpan expected)
    {
        pace.Begin();
        _clock.Advance(TimeSpan.FromMinutes(1));
        var rest = pace.RestAsync(CancellationToken.None);
        Assert.Equal(expected == TimeSpan.Zero, rest.IsCompleted);
        _clock.Advance(expected);
        await rest;
    }
}
