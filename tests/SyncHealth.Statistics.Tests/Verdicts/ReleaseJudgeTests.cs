using FsCheck;
using FsCheck.Fluent;
using SyncHealth.Statistics.Devices;
using SyncHealth.Statistics.Verdicts;
using Xunit;

namespace SyncHealth.Statistics.Tests.Verdicts;

/// <summary>The rules of the verdict, each on counts one can check by hand.</summary>
public sealed class ReleaseJudgeTests
{
    private static readonly Stratum Wifi = new("android", "wifi");
    private static readonly Stratum Cellular = new("android", "cellular");

    [Fact]
    public void Judge_FiveFailingOfSix_IsInsufficientAndSaysHowManyAreMissing()
    {
        var verdict = Judge(Row(Wifi, 1, 6, 9700, 10_000));

        Assert.Equal(Verdict.Insufficient, verdict.Verdict);
        Assert.Empty(verdict.WorseSegments);
        Assert.Equal(24, Success(verdict).DevicesNeeded);
        Assert.Null(Success(verdict).Difference);
    }

    /// <summary>However often so few devices fail, and however many attempts each makes of it.</summary>
    [Fact]
    public void Judge_AnyFewerThanThirtyDevices_IsNeverWorse()
    {
        var devices =
            from attempts in Gen.Choose(1, 1_000_000)
            from failures in Gen.Choose(0, attempts)
            select ArmTotals.OfDevice(attempts, attempts - failures, failures, failures);
        var releases = from count in Gen.Choose(0, 29) from release in Gen.ArrayOf(devices, count) select release;

        Prop.ForAll(releases.ToArbitrary(), release =>
            ReleaseJudge.Judge(Input(new StratumTotals(Wifi, release.Aggregate(default(ArmTotals), ArmTotals.Add), Arm(9700, 10_000)))).Verdict == Verdict.Insufficient)
            .Check(Config.QuickThrowOnFailure.WithMaxTest(100).WithQuietOnSuccess(true));
    }

    [Theory]
    [InlineData(9400, 9550, 10_000, Verdict.Worse, -0.02486, -0.00514)]
    [InlineData(940, 955, 1000, Verdict.Inconclusive, -0.04614, 0.01614)]
    public void Judge_MinusOneAndAHalfPoints_IsWorseAtTenThousandDevicesOnly(int release, int baseline, int devices, Verdict expected, double low, double high)
    {
        var success = Success(Judge(Row(Wifi, release, devices, baseline, devices)));

        Assert.Equal(expected, success.Verdict);
        Assert.Equal(-0.0150, success.Difference!.Value, 4);
        Assert.Equal(low, success.Interval!.Value.Low, 2e-5);
        Assert.Equal(high, success.Interval!.Value.High, 2e-5);
    }

    /// <summary>Crude 91.6 % against 97.2 %, and no difference inside either network.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(10)]
    [InlineData(100)]
    public void Judge_OnlyTheMixMoved_IsNeverWorse(int scale)
    {
        var verdict = Judge(Row(Wifi, 196 * scale, 200 * scale, 8820 * scale, 9000 * scale), Row(Cellular, 720 * scale, 800 * scale, 900 * scale, 1000 * scale));

        Assert.NotEqual(Verdict.Worse, verdict.Verdict);
        Assert.Equal(0, Success(verdict).Difference!.Value, 1e-12);
        Assert.Equal(1, Success(verdict).P);
        Assert.Equal(0.916, Success(verdict).Release.Share, 3);
        Assert.Equal(0.972, Success(verdict).Baseline.Share, 3);
    }

    [Theory]
    [InlineData(1, Verdict.Inconclusive)]
    [InlineData(10, Verdict.Worse)]
    public void Judge_WorseInBothNetworks_IsSaidOnceItIsSure(int scale, Verdict expected) =>
        Assert.Equal(expected, Success(Judge(Row(Wifi, 192 * scale, 200 * scale, 8820 * scale, 9000 * scale), Row(Cellular, 688 * scale, 800 * scale, 900 * scale, 1000 * scale))).Verdict);

    [Fact]
    public void Judge_EqualAndLarge_IsNotWorseOnEveryMetric()
    {
        var verdict = Judge(Row(Wifi, 95_000, 100_000, 95_000, 100_000));

        Assert.Equal(Verdict.NotWorse, verdict.Verdict);
        Assert.Equal([Verdict.NotWorse, Verdict.NotWorse, Verdict.NotWorse], verdict.Metrics.Select(metric => metric.Verdict));
        Assert.Null(verdict.DevicesNeeded);
    }

    /// <summary>Certain and too small to act on: a fifth of a point.</summary>
    [Fact]
    public void Judge_CertainButTinyLoss_IsNotWorse()
    {
        var success = Success(Judge(Row(Wifi, 1_896_000, 2_000_000, 1_900_000, 2_000_000)));

        Assert.True(success.Interval!.Value.High < 0);
        Assert.Equal(Verdict.NotWorse, success.Verdict);
    }

    [Fact]
    public void Judge_BetterRelease_IsNotWorse() =>
        Assert.Equal(Verdict.NotWorse, Success(Judge(Row(Wifi, 9800, 10_000, 9500, 10_000))).Verdict);

    /// <summary>What it asks for is enough: grown alike by so many devices, the same shares decide.</summary>
    [Theory]
    [InlineData(940, 955, 1000)]
    [InlineData(948, 950, 1000)]
    [InlineData(1900, 1910, 2000)]
    public void DevicesNeeded_GrownByThatMany_Decides(int release, int baseline, int devices)
    {
        var needed = Success(Judge(Row(Wifi, release, devices, baseline, devices))).DevicesNeeded!.Value;
        var grown = 1 + ((double)needed / devices);
        Verdict At(double factor) => Success(Judge(Row(Wifi, (int)(release * factor), (int)(devices * factor), (int)(baseline * factor), (int)(devices * factor)))).Verdict;

        Assert.NotEqual(Verdict.Inconclusive, At(grown * 1.01));
        Assert.Equal(Verdict.Inconclusive, At(grown * 0.95));
    }

    [Fact]
    public void Judge_FirstDevicesAllFailWhereNoneDid_IsWorseByTheExactSequence()
    {
        var success = Success(Judge(Row(Wifi, 0, 40, 1000, 1000)));

        Assert.Equal((Verdict.Worse, VerdictMethod.Exact), (success.Verdict, success.Method));
        Assert.Equal(-1, success.Difference!.Value, 1e-12);
    }

    [Fact]
    public void Judge_FewDevicesAndFewFailures_IsInconclusiveByTheExactSequence()
    {
        var success = Success(Judge(Row(Wifi, 36, 40, 970, 1000)));

        Assert.Equal((Verdict.Inconclusive, VerdictMethod.Exact), (success.Verdict, success.Method));
        Assert.InRange(success.DevicesNeeded!.Value, 60, 100_000);
    }

    [Fact]
    public void Judge_NothingEverFails_IsNotWorseAndNoNumberIsLost()
    {
        var success = Success(Judge(Row(Wifi, 10_000, 10_000, 10_000, 10_000)));

        Assert.Equal((Verdict.NotWorse, VerdictMethod.Exact), (success.Verdict, success.Method));
        Assert.Equal(1, success.P, 1e-9);
    }

    [Fact]
    public void Judge_NothingAtAll_IsInsufficient()
    {
        Assert.Equal(Verdict.Insufficient, Judge().Verdict);
        Assert.Equal(Verdict.Insufficient, Judge(Row(Wifi, 900, 1000, 0, 0)).Verdict);
        Assert.Equal(Verdict.Insufficient, Judge(Row(Wifi, 0, 0, 900, 1000)).Verdict);
        Assert.Equal(30, Judge().DevicesNeeded);
    }

    [Fact]
    public void Judge_NoStratumInCommon_IsInconclusiveAndNoNumberOfDevicesWouldDo()
    {
        var verdict = Judge(Row(Wifi, 500, 1000, 0, 0), Row(Cellular, 0, 0, 990, 1000));

        Assert.Equal(Verdict.Inconclusive, verdict.Verdict);
        Assert.Null(verdict.DevicesNeeded);
        Assert.Equal(new Interval(-1, 1), Success(verdict).Interval);
    }

    [Fact]
    public void Judge_OneRetryLoop_IsOneDevice()
    {
        var loop = ArmTotals.OfDevice(100_000, 0, 0, 0);
        var verdict = ReleaseJudge.Judge(Input(new StratumTotals(Wifi, Arm(970, 1000) + loop, Arm(970, 1000))));

        Assert.NotEqual(Verdict.Worse, verdict.Verdict);
        Assert.Equal(VerdictMethod.Exact, Success(verdict).Method);
        Assert.True(Success(verdict).Release.Share < 0.02);
        Assert.True(Success(verdict).Release.SharePerDevice > 0.96);
    }

    [Fact]
    public void Judge_SlowShareTwiceTheBaselines_IsWorseOnThatMetricAlone()
    {
        var verdict = ReleaseJudge.Judge(Input(new StratumTotals(Wifi, Slow(400, 20_000), Slow(200, 20_000))));

        Assert.Equal([Verdict.Worse, Verdict.NotWorse], [verdict.Metrics[1].Verdict, verdict.Metrics[2].Verdict]);
        Assert.Equal(Verdict.Worse, verdict.Verdict);
        Assert.Equal(VerdictLimits.SmallestMargin, verdict.Metrics[1].Margin);
    }

    [Fact]
    public void Margin_LargeBadShare_IsATenthOfIt() =>
        Assert.Equal(0.02, ReleaseJudge.Judge(Input(new StratumTotals(Wifi, Slow(2000, 10_000), Slow(2000, 10_000)))).Metrics[1].Margin, 1e-12);

    [Fact]
    public void Judge_DifferentEffectPerStratum_SaysToReadTheSegments() =>
        Assert.InRange(Success(Judge(Row(Wifi, 9000, 10_000, 9500, 10_000), Row(Cellular, 9500, 10_000, 9000, 10_000))).HeterogeneityP, 0, 1e-6);

    [Fact]
    public void Judge_DataOnItsWay_IsStillArriving()
    {
        var verdict = ReleaseJudge.Judge(Input(Row(Wifi, 95_000, 100_000, 95_000, 100_000)) with { ArrivedShare = 0.7 });

        Assert.Equal(Verdict.StillArriving, verdict.Verdict);
        Assert.All(verdict.Segments, segment => Assert.Equal(Verdict.StillArriving, segment.Verdict));
        Assert.Equal(0.7, verdict.ArrivedShare);
    }

    [Fact]
    public void Judge_HarmProvenWhileDataIsOnItsWay_IsWorseAlready() =>
        Assert.Equal(Verdict.Worse, ReleaseJudge.Judge(Input(Row(Wifi, 9000, 10_000, 9500, 10_000)) with { ArrivedShare = 0.7 }).Verdict);

    [Theory]
    [InlineData(-0.1)]
    [InlineData(1.1)]
    [InlineData(double.NaN)]
    public void Judge_ArrivedShareThatIsNone_Throws(double share) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => ReleaseJudge.Judge(Input() with { ArrivedShare = share }));

    /// <summary>A version that cannot sync at all reports nothing; those that do report look perfect.</summary>
    [Fact]
    public void Judge_ReleaseThatSilencesDevices_IsWorseHoweverGoodTheRestLooks()
    {
        var verdict = ReleaseJudge.Judge(Input(Row(Wifi, 10_000, 10_000, 9990, 10_000)) with { Coverage = new Coverage(16_000, 6000, 10_200, 200) });

        Assert.Equal(Verdict.Worse, verdict.Verdict);
        Assert.Equal(Verdict.Worse, verdict.Metrics.Single(metric => metric.Metric == VerdictMetric.SilentShare).Verdict);
        Assert.Equal(Verdict.NotWorse, Success(verdict).Verdict);
    }

    private static ReleaseVerdict Judge(params StratumTotals[] rows) => ReleaseJudge.Judge(Input(rows));

    private static VerdictInput Input(params StratumTotals[] rows) => new()
    {
        Release = "2.0",
        Baseline = "1.9",
        Watermark = DateTimeOffset.UnixEpoch,
        Strata = rows,
    };

    private static MetricVerdict Success(ReleaseVerdict verdict) => verdict.Metrics[0];

    /// <summary>One attempt per device.</summary>
    private static StratumTotals Row(Stratum stratum, long successes1, long devices1, long successes2, long devices2) =>
        new(stratum, Arm(successes1, devices1), Arm(successes2, devices2));

    private static ArmTotals Arm(long successes, long devices) =>
        new(DeviceSums.OfSingleAttempts(devices, successes), DeviceSums.OfSingleAttempts(devices, 0), DeviceSums.OfSingleAttempts(devices, 0));

    private static ArmTotals Slow(long slow, long devices) =>
        new(DeviceSums.OfSingleAttempts(devices, devices), DeviceSums.OfSingleAttempts(devices, slow), DeviceSums.OfSingleAttempts(devices, 0));
}
