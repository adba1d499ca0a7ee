using SyncHealth.Statistics.Devices;
using SyncHealth.Statistics.Verdicts;
using Xunit;

namespace SyncHealth.Statistics.Tests.Verdicts;

public sealed class VerdictSentenceTests
{
    private static readonly Stratum Wifi = new("android", "wifi");
    private static readonly Stratum Cellular = new("android", "cellular");

    [Fact]
    public void Of_WorseInItsOnlySegment_SaysByHowMuchAndHowSure() => Assert.Equal(
        "2.0 is worse than 1.9 on Android over Wi-Fi: success rate 1.5 points lower, overall (0.5 to 2.5).",
        Say(new StratumTotals(Wifi, Arm(9400, 10_000), Arm(9550, 10_000))));

    [Fact]
    public void Of_WorseInOneSegmentOnly_NamesIt() => Assert.Equal(
        "2.0 is worse than 1.9 on Android over cellular: success rate 10.0 points lower (6.6 to 13.4).",
        Say(new StratumTotals(Wifi, Arm(97_000, 100_000), Arm(97_000, 100_000)), new StratumTotals(Cellular, Arm(1600, 2000), Arm(1800, 2000))));

    [Fact]
    public void Of_MoreSilentDevices_SaysSo() => Assert.Equal(
        "2.0 is worse than 1.9: share of devices that fell silent 35.5 points higher (34.3 to 36.8).",
        VerdictSentence.Of(ReleaseJudge.Judge(Input(new StratumTotals(Wifi, Arm(10_000, 10_000), Arm(10_000, 10_000))) with { Coverage = new Coverage(16_000, 6000, 10_200, 200) })));

    [Fact]
    public void Of_NotWorse_SaysOnHowManyDevices() => Assert.Equal(
        "2.0 is not worse than 1.9, judged on 100,000 devices.",
        Say(new StratumTotals(Wifi, Arm(95_000, 100_000), Arm(95_000, 100_000))));

    [Fact]
    public void Of_Inconclusive_SaysHowManyMore() => Assert.Matches(
        @"^It is not clear yet whether 2\.0 is worse than 1\.9: about \d,\d{3} more devices on 2\.0 are needed\.$",
        Say(new StratumTotals(Wifi, Arm(940, 1000), Arm(955, 1000))));

    [Fact]
    public void Of_NothingAlike_SaysSo() => Assert.Equal(
        "It is not clear yet whether 2.0 is worse than 1.9: the two have no devices that are alike.",
        Say(new StratumTotals(Wifi, Arm(940, 1000), default), new StratumTotals(Cellular, default, Arm(955, 1000))));

    [Fact]
    public void Of_TooFew_SaysHowManyThereAre() => Assert.Equal(
        "2.0 has too few devices to judge: 6 on it, 10,000 on 1.9, 30 of each are needed.",
        Say(new StratumTotals(Wifi, Arm(1, 6), Arm(9700, 10_000))));

    [Fact]
    public void Of_StillArriving_SaysHowMuchIsThere() => Assert.Equal(
        "2.0 cannot be judged yet: 70 % of the expected data has arrived.",
        VerdictSentence.Of(ReleaseJudge.Judge(Input(new StratumTotals(Wifi, Arm(95_000, 100_000), Arm(95_000, 100_000))) with { ArrivedShare = 0.7 })));

    [Fact]
    public void Of_Confounded_SaysWhy() => Assert.Equal(
        "2.0 cannot be compared with 1.9: its devices were different before they took it.",
        VerdictSentence.Of(ReleaseJudge.Judge(Input(new StratumTotals(Wifi, Arm(9500, 10_000), Arm(9500, 10_000))) with { Placebo = [new(Wifi, Arm(9900, 10_000), Arm(9500, 10_000))] })));

    [Fact]
    public void Of_SlowOverallAndFailingInOnePart_SpeaksOfTheFailures() => Assert.StartsWith(
        "2.0 is worse than 1.9 on Android over cellular: success rate ",
        Say(
            new StratumTotals(Wifi, Arm(500, 500, slow: 250), Arm(500, 500)),
            new StratumTotals(Cellular, Arm(10, 40), Arm(40, 40))),
        StringComparison.Ordinal);

    [Fact]
    public void Of_NoOtherRelease_SaysSo() => Assert.Equal(
        "There is no other release to hold 2.0 against.",
        VerdictSentence.Of(ReleaseJudge.Judge(Input() with { Baseline = "" })));

    [Fact]
    public void Advised_OneNetworkGotWorse_NamesIt() => Assert.StartsWith(
        "Stop: cellular got worse. 2.0 is worse than 1.9 on Android over cellular and iOS over cellular: success rate ",
        Advise(
            new(Wifi, Arm(970, 1000), Arm(970, 1000)), new(Cellular, Arm(300, 500), Arm(480, 500)),
            new(new("ios", "wifi"), Arm(970, 1000), Arm(970, 1000)), new(new("ios", "cellular"), Arm(300, 500), Arm(480, 500))),
        StringComparison.Ordinal);

    [Fact]
    public void Advised_OneSystemOnOneNetworkGotWorse_NamesBoth() => Assert.StartsWith(
        "Stop: Android over cellular got worse. ",
        Advise(
            new(Wifi, Arm(970, 1000), Arm(970, 1000)), new(Cellular, Arm(300, 500), Arm(480, 500)),
            new(new("ios", "wifi"), Arm(970, 1000), Arm(970, 1000)), new(new("ios", "cellular"), Arm(480, 500), Arm(480, 500))),
        StringComparison.Ordinal);

    [Fact]
    public void Advised_WorseEverywhereAlike_NamesNoPart() => Assert.StartsWith(
        "Stop: 2.0 is worse than 1.9",
        Advise(new(Wifi, Arm(900, 1000), Arm(970, 1000)), new(Cellular, Arm(900, 1000), Arm(970, 1000))),
        StringComparison.Ordinal);

    [Theory]
    [InlineData(95_000, 100_000, "Go on: ")]
    [InlineData(940, 1000, "Wait: ")]
    [InlineData(1, 6, "Wait: ")]
    public void Advised_Else_SaysWhatToDo(long successes, long devices, string advice) =>
        Assert.StartsWith(advice, Advise(new StratumTotals(Wifi, Arm(successes, devices), Arm(950 * devices / 1000, devices))), StringComparison.Ordinal);

    private static string Advise(params StratumTotals[] rows) => VerdictSentence.Advised(ReleaseJudge.Judge(Input(rows)));

    private static string Say(params StratumTotals[] rows) => VerdictSentence.Of(ReleaseJudge.Judge(Input(rows)));

    private static VerdictInput Input(params StratumTotals[] rows) => new()
    {
        Release = "2.0",
        Baseline = "1.9",
        Watermark = DateTimeOffset.UnixEpoch,
        Strata = rows,
    };

    private static ArmTotals Arm(long successes, long devices, long slow = 0) =>
        new(DeviceSums.OfSingleAttempts(devices, successes), DeviceSums.OfSingleAttempts(devices, slow), DeviceSums.OfSingleAttempts(devices, 0));
}
