using SyncHealth.Contracts;
using SyncHealth.Samples.Notes.Phones;
using SyncHealth.Samples.Notes.Screens;
using SyncHealth.SyncEngine;
using SyncHealth.SyncEngine.Loop;
using SyncHealth.SyncEngine.Protocol;

namespace SyncHealth.Browser.Tests.Try;

/// <summary>What the screens say of what the engine did.</summary>
public sealed class StatusWordsTests
{
    private static readonly CycleResult Delta = new() { Type = SyncType.Delta, Trigger = SyncTrigger.LocalWrite, Outcome = SyncOutcome.Success, Network = SyncNetwork.Wifi };

    [Fact]
    public void Did_Success_SaysWhatMoved() =>
        Assert.Equal("delta sync, because of an edit: sent 2, received 3, settled 1\u00A0conflict, after 1\u00A0retry", StatusWords.Did(Delta with { Pushed = 2, Applied = 3, Conflicts = 1, Retries = 1 }));

    [Fact]
    public void Did_Failure_SaysTheCodeAndNothingThatMoved() => Assert.Equal(
        "full sync, as a retry: failed (http_503)",
        StatusWords.Did(Delta with { Type = SyncType.Full, Trigger = SyncTrigger.Retry, Outcome = SyncOutcome.Failure, ErrorKind = SyncErrorKind.Server, ErrorCode = "http_503", Pushed = 1 }));

    [Theory]
    [InlineData(SyncErrorKind.Timeout, "The server did not answer in time. Nothing is lost.")]
    [InlineData(SyncErrorKind.Server, "The server could not be reached, or answered with an error. Nothing is lost.")]
    [InlineData(SyncErrorKind.None, "")]
    public void FailureMeaning_EachKind_SaysWhoseFaultItWas(SyncErrorKind kind, string words) => Assert.Equal(words, StatusWords.FailureMeaning(Delta with { ErrorKind = kind }));

    [Fact]
    public void Progress_OfAFirstSync_SaysOfHowMuchWhereItIsKnown()
    {
        Assert.Equal("500 of 3,000\u00A0notes", StatusWords.Progress(new FullProgress(500, 3000)));
        Assert.Equal("500\u00A0notes so far", StatusWords.Progress(new FullProgress(500, null)));
    }

    [Theory]
    [InlineData(DataState.Synced, 0, "Synced")]
    [InlineData(DataState.LocalChangesPending, 1, "1 change pending")]
    [InlineData(DataState.LocalChangesPending, 3, "3 changes pending")]
    [InlineData(DataState.LocalChangesPending, 0, "Changes pending")] // refused ones only
    [InlineData(DataState.Stale, 0, "Stale")]
    public void Label_EachState_IsOneWordWithItsNumber(DataState state, int waiting, string words) => Assert.Equal(words, StatusWords.Label(state, waiting).Replace('\u00A0', ' '));

    [Theory]
    [InlineData("a", null, "/try?phone=a")]
    [InlineData("B", "merge", "/try?phone=b&notebook=merge")]
    [InlineData("f", "no such", "/try?phone=f")]
    [InlineData("z", null, null)]
    [InlineData("ab", null, null)]
    [InlineData("%", "merge", null)]
    public void PhoneId_OfAnAddress_IsThatPhoneOrNone(string letter, string? notebook, string? address) => Assert.Equal(address, PhoneId.Parse(letter, notebook)?.ToAddress());

    /// <summary>A clock sixty times as fast: what the engine waits for is sixty times as long on it, and as long as ever for whoever looks.</summary>
    [Fact]
    public void Pace_FastClock_StretchesEveryWaitByItsSpeed()
    {
        var (real, fast) = (new EngineOptions(), new EngineOptions());
        PersonalPace.Set(real, 1);
        PersonalPace.Set(fast, 60);

        Assert.Equal(
            new[] { real.StaleAfter, real.FirstOpen, real.LongestOpen, real.Triggers.Period, real.Triggers.WriteDebounce, real.Triggers.WriteDebounceLimit, real.Triggers.FirstRetryWait, real.Triggers.LongestRetryWait, real.Triggers.OpenInterval, real.Triggers.ForegroundInterval, real.Triggers.ReconnectInterval }.Select(wait => wait * 60),
            [fast.StaleAfter, fast.FirstOpen, fast.LongestOpen, fast.Triggers.Period, fast.Triggers.WriteDebounce, fast.Triggers.WriteDebounceLimit, fast.Triggers.FirstRetryWait, fast.Triggers.LongestRetryWait, fast.Triggers.OpenInterval, fast.Triggers.ForegroundInterval, fast.Triggers.ReconnectInterval]);
        Assert.True(real.StaleAfter > real.Triggers.Period);
    }
}
