using SyncHealth.Statistics.Verdicts;
using Xunit;

namespace SyncHealth.Statistics.Tests.Verdicts;

/// <summary>Verdicts on simulated fleets whose truth is known.</summary>
public sealed class VerdictSimulationTests
{
    private static readonly Stratum Broken = new("android", "cellular");

    /// <summary>Eight points lost on one system and one network only: named, and nothing else is.</summary>
    [Fact]
    public void Judge_RegressionOnAndroidAndCellular_NamesExactlyThatSegment()
    {
        for (var seed = 0; seed < 10; seed++)
        {
            var fleet = new Fleet { Effect = stratum => stratum == Broken ? -0.08 : 0 }.Grow(new Random(seed), 4000);

            var verdict = ReleaseJudge.Judge(fleet.Input());

            Assert.Equal(Verdict.Worse, verdict.Verdict);
            Assert.Equal([Broken], verdict.WorseSegments.Select(segment => segment.Stratum));
        }
    }

    /// <summary>Adopters sync on better networks and the release changes nothing: the crude rates say better, the strata say the same.</summary>
    [Fact]
    public void Judge_AdoptersOnBetterNetworks_SeesNoDifference()
    {
        const int runs = 100;
        int crudeSaysBetter = 0, excludesZero = 0;
        for (var seed = 0; seed < runs; seed++)
        {
            var success = Success(ReleaseJudge.Judge(new Fleet { AdoptersWifi = 0.9 }.Grow(new Random(seed), 800).Input()));
            crudeSaysBetter += success.Release.Share > success.Baseline.Share ? 1 : 0;
            excludesZero += success.Interval is { Low: > 0 } or { High: < 0 } ? 1 : 0;
        }

        Assert.InRange(crudeSaysBetter, 0.99 * runs, runs);
        Assert.InRange(excludesZero, 0, 0.05 * runs);
    }

    /// <summary>Adopters own better phones, which no stratum shows, and the release changes nothing: the placebo finds them, their own past says zero. The specification asks for 95 % of 500 runs.</summary>
    [Fact]
    public void Judge_AdoptersOnBetterPhones_SaysZeroByTheirOwnPast()
    {
        const int runs = 500;
        int naiveSaysBetter = 0, confounded = 0, zero = 0;
        for (var seed = 0; seed < runs; seed++)
        {
            var fleet = new Fleet { AdoptersQuality = 0.03 }.Grow(new Random(seed), 1000);
            naiveSaysBetter += Success(ReleaseJudge.Judge(fleet.Input(withPast: false))).Interval is { Low: > 0 } ? 1 : 0;
            var success = Success(ReleaseJudge.Judge(fleet.Input()));
            confounded += success.IsConfounded ? 1 : 0;
            zero += success is { Interval: { Low: <= 0, High: >= 0 }, Verdict: not Verdict.Worse } ? 1 : 0;
        }

        Assert.InRange(naiveSaysBetter, 0.95 * runs, runs);
        Assert.InRange(confounded, 0.95 * runs, runs);
        Assert.InRange(zero, 0.95 * runs, runs);
    }

    /// <summary>Three points lost by the release, three gained by the adopters' phones: the plain comparison sees nothing, the verdict does.</summary>
    [Fact]
    public void Judge_RegressionMaskedByBetterPhones_IsFound()
    {
        for (var seed = 0; seed < 10; seed++)
        {
            var fleet = new Fleet { AdoptersQuality = 0.03, Effect = _ => -0.03 }.Grow(new Random(seed), 5000);

            var masked = Success(ReleaseJudge.Judge(fleet.Input(withPast: false)));
            var success = Success(ReleaseJudge.Judge(fleet.Input()));

            Assert.NotEqual(Verdict.Worse, masked.Verdict);
            Assert.Equal((Verdict.Worse, VerdictMethod.DifferenceInDifferences), (success.Verdict, success.Method));
            Assert.Equal(-0.03, success.Difference!.Value, 0.01);
        }
    }

    [Fact]
    public void Judge_BetterPhonesAndNoPastToCompareWith_IsConfounded()
    {
        var input = new Fleet { AdoptersQuality = 0.03 }.Grow(new Random(1), 2000).Input() with { Changes = [] };

        Assert.Equal(Verdict.Confounded, Success(ReleaseJudge.Judge(input)).Verdict);
        Assert.Equal(Verdict.Confounded, ReleaseJudge.Judge(input).Verdict);
    }

    /// <summary>Equal releases, looked at twelve times while they grow: of 100 runs at most five ever say worse, the three metrics and four segments together.</summary>
    [Fact]
    public void Judge_EqualReleasesLookedAtAgainAndAgain_RarelySaysWorse()
    {
        const int runs = 100;
        var alarms = 0;
        for (var seed = 0; seed < runs; seed++)
        {
            var (fleet, random) = (new Fleet(), new Random(seed));
            alarms += Enumerable.Range(0, 12).Any(_ => ReleaseJudge.Judge(fleet.Grow(random, 60).Input()).Verdict == Verdict.Worse) ? 1 : 0;
        }

        Assert.InRange(alarms, 0, 0.05 * runs);
    }

    /// <summary>Equal releases, in which a few devices retry hundreds or thousands of times and fail nearly always: whichever arm they fall into, it is not called worse for them.</summary>
    [Theory]
    [InlineData(100, 0.01)]
    [InlineData(1000, 0.005)]
    [InlineData(10_000, 0.02)]
    public void Judge_EqualReleasesWithRetryLoops_RarelySaysWorse(int attemptsOfALoop, double shareOfLoops)
    {
        const int runs = 100;
        var alarms = 0;
        for (var seed = 0; seed < runs; seed++)
        {
            var random = new Random(seed);
            var arms = new ArmTotals[2];
            alarms += Enumerable.Range(0, 15).Any(_ => GrownByRetryLoops(random, arms, attemptsOfALoop, shareOfLoops).Verdict == Verdict.Worse) ? 1 : 0;
        }

        Assert.InRange(alarms, 0, 0.05 * runs);
    }

    /// <summary>The same devices in another order and other groups: the same verdict to the last digit.</summary>
    [Fact]
    public void Judge_RowsInAnotherOrder_IsTheSameVerdict()
    {
        var input = new Fleet { Effect = _ => -0.01 }.Grow(new Random(5), 1500).Input();
        var turned = input with { Strata = [.. input.Strata.Reverse()], Placebo = [.. input.Placebo.Reverse()], Changes = [.. input.Changes.Reverse()] };

        Assert.Equal(Essence(ReleaseJudge.Judge(input)), Essence(ReleaseJudge.Judge(turned)));
    }

    private static ReleaseVerdict GrownByRetryLoops(Random random, ArmTotals[] arms, int attemptsOfALoop, double shareOfLoops)
    {
        for (var device = 0; device < 400; device++)
        {
            var isLoop = random.NextDouble() < shareOfLoops;
            var attempts = isLoop ? attemptsOfALoop : 1 + random.Next(19);
            var successes = Enumerable.Range(0, isLoop ? 0 : attempts).Count(_ => random.NextDouble() < 0.97);
            arms[device % 2] += ArmTotals.OfDevice(attempts, isLoop ? random.Next(attempts / 10) : successes, random.Next(2), random.Next(2));
        }

        return ReleaseJudge.Judge(new VerdictInput { Release = "2.0", Baseline = "1.9", Watermark = DateTimeOffset.UnixEpoch, Strata = [new StratumTotals(Broken, arms[0], arms[1])] });
    }

    private static MetricVerdict Success(ReleaseVerdict verdict) => verdict.Metrics[0];

    private static string Essence(ReleaseVerdict verdict) => string.Join('\n',
    [
        .. verdict.Metrics.Select(metric => $"{metric.Metric} {metric.Verdict} {metric.Difference:R} {metric.Interval} {metric.P:R} {metric.DevicesNeeded}"),
        .. verdict.Segments.SelectMany(segment => segment.Metrics.Select(metric => $"{segment.Stratum} {metric.Verdict} {metric.Difference:R} {metric.P:R}")),
    ]);
}
