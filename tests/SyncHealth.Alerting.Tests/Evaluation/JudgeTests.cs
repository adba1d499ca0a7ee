using SyncHealth.Alerting.Evaluation;
using SyncHealth.Alerting.Rules;
using SyncHealth.Alerting.States;
using Xunit;

namespace SyncHealth.Alerting.Tests.Evaluation;

public sealed class JudgeTests
{
    private static readonly AlertState Quiet = AlertState.New(Some.Noon);

    [Theory]
    [InlineData(940, 1000, 100, Verdict.Breach)]          // the literal meaning of the rule
    [InlineData(950, 1000, 100, Verdict.Good)]            // on the threshold is not beyond it
    [InlineData(949, 1000, 100, Verdict.Breach)]
    [InlineData(94, 100, 20, Verdict.Breach)]             // exactly the minimum
    [InlineData(94, 99, 100, Verdict.NoEvidence)]         // one attempt short
    [InlineData(940, 1000, 19, Verdict.NoEvidence)]       // one device in a loop is one observation
    [InlineData(0, 1, 1, Verdict.NoEvidence)]             // one failure at three in the morning
    [InlineData(0, 0, 0, Verdict.NoEvidence)]
    [InlineData(0, 20, 5, Verdict.TotalFailure)]
    [InlineData(1, 20, 5, Verdict.NoEvidence)]
    [InlineData(0, 19, 5, Verdict.NoEvidence)]
    [InlineData(0, 20, 4, Verdict.NoEvidence)]
    [InlineData(0, 5000, 300, Verdict.TotalFailure)]
    public void Of_SuccessRate_FollowsThresholdAndMinimum(int successes, int attempts, int devices, Verdict expected) =>
        Assert.Equal(expected, Judge.Of(Some.Rule(), Quiet, Some.Rate(successes, attempts, devices)));

    [Theory]
    [InlineData(96.0, Verdict.Between)]
    [InlineData(97.0, Verdict.Good)]
    [InlineData(94.9, Verdict.Breach)]
    public void Of_RecoverBeyondThreshold_LeavesAGapThatIsNeither(double percent, Verdict expected) =>
        Assert.Equal(expected, Judge.Of(Some.Rule() with { Recover = 97 }, Quiet, Some.Rate((long)(percent * 10), 1000)));

    /// <summary>p99 above the limit means more than one in a hundred above it, by nearest rank.</summary>
    [Theory]
    [InlineData(100, 1, Verdict.Good)]
    [InlineData(100, 2, Verdict.Breach)]
    [InlineData(199, 2, Verdict.Breach)]
    [InlineData(200, 2, Verdict.Good)]
    [InlineData(1000, 10, Verdict.Good)]
    [InlineData(1000, 11, Verdict.Breach)]
    public void Of_DurationP99_DecidesByTheExactCount(int attempts, int slow, Verdict expected)
    {
        var measurement = new Measurement(default, attempts, 100, slow, 59_870);

        Assert.Equal(expected, Judge.Of(Some.SlowRule(), Quiet, measurement));
    }

    [Theory]
    [InlineData(2, 100, Verdict.Breach)]
    [InlineData(1, 50, Verdict.Good)]                     // 2 %, but one device is a person
    [InlineData(1, 100, Verdict.Good)]
    [InlineData(2, 200, Verdict.Good)]
    [InlineData(49, 49, Verdict.NoEvidence)]
    public void Of_QueueShare_NeedsTwoDevicesAndTheMinimum(int over, int devices, Verdict expected) =>
        Assert.Equal(expected, Judge.Of(Some.QueueRule(), Quiet, Some.Queues(over, devices)));

    [Fact]
    public void Of_FiringOnTotalFailure_RecoversOnAsLittle()
    {
        var firing = Quiet with { Status = AlertStatus.Firing, FiredOnTotalFailure = true };

        Assert.Equal(Verdict.Good, Judge.Of(Some.Rule(), firing, Some.Rate(20, 20, 5)));
        Assert.Equal(Verdict.NoEvidence, Judge.Of(Some.Rule(), firing with { FiredOnTotalFailure = false }, Some.Rate(20, 20, 5)));
        Assert.Equal(Verdict.NoEvidence, Judge.Of(Some.Rule(), firing, Some.Rate(19, 19, 5)));
    }

    /// <summary>Most successes that still fire against 95 %, one-sided 95 % Wilson: the table of spec/alerting.md 5.1.</summary>
    [Theory]
    [InlineData(17, 20)]
    [InlineData(26, 30)]
    [InlineData(44, 50)]
    [InlineData(91, 100)]
    [InlineData(184, 200)]
    [InlineData(466, 500)]
    [InlineData(938, 1000)]
    public void Of_BoundOnSuccess_FiresExactlyWhereTheTableSays(int successes, int attempts)
    {
        var rule = Some.Rule() with { Mode = RuleMode.Bound, MinAttempts = 1, MinDevices = 1 };

        Assert.Equal(Verdict.Breach, Judge.Of(rule, Quiet, Some.Rate(successes, attempts)));
        Assert.NotEqual(Verdict.Breach, Judge.Of(rule, Quiet, Some.Rate(successes + 1, attempts)));
    }

    /// <summary>Fewest bad ones that fire against a share of 1 %, the same table.</summary>
    [Theory]
    [InlineData(3, 100)]
    [InlineData(6, 300)]
    [InlineData(16, 1000)]
    [InlineData(117, 10_000)]
    [InlineData(1052, 100_000)]
    public void Of_BoundOnOnePercent_FiresExactlyWhereTheTableSays(int bad, int units)
    {
        var slow = Some.SlowRule() with { Mode = RuleMode.Bound, MinAttempts = 1, MinDevices = 1 };
        var queues = Some.QueueRule() with { Mode = RuleMode.Bound };

        Assert.Equal(Verdict.Breach, Judge.Of(slow, Quiet, new Measurement(default, units, 100, bad, 1)));
        Assert.NotEqual(Verdict.Breach, Judge.Of(slow, Quiet, new Measurement(default, units, 100, bad - 1, 1)));
        Assert.Equal(Verdict.Breach, Judge.Of(queues, Quiet, Some.Queues(bad, units)));
        Assert.NotEqual(Verdict.Breach, Judge.Of(queues, Quiet, Some.Queues(bad - 1, units)));
    }

    [Fact]
    public void Of_BoundWhileFiring_ResolvesOnlyOnTheOtherBound()
    {
        var rule = Some.Rule() with { Mode = RuleMode.Bound };
        var firing = Quiet with { Status = AlertStatus.Firing };

        Assert.Equal(Verdict.Between, Judge.Of(rule, firing, Some.Rate(955, 1000)));       // good, but not surely so
        Assert.Equal(Verdict.Good, Judge.Of(rule, firing, Some.Rate(965, 1000)));
        Assert.Equal(Verdict.NoEvidence, Judge.Of(rule, firing, Some.Rate(99, 99)));
    }

    [Theory]
    [InlineData(RuleMetric.DurationP50, 100, 50, Verdict.Good)]
    [InlineData(RuleMetric.DurationP50, 100, 51, Verdict.Breach)]
    [InlineData(RuleMetric.DurationP90, 100, 10, Verdict.Good)]
    [InlineData(RuleMetric.DurationP90, 100, 11, Verdict.Breach)]
    [InlineData(RuleMetric.DurationP90, 105, 10, Verdict.Good)]                             // rank 95 of 105 leaves ten above
    [InlineData(RuleMetric.DurationP90, 105, 11, Verdict.Breach)]
    public void Of_OtherPercentiles_DecideByTheirRank(RuleMetric metric, int attempts, int slow, Verdict expected) =>
        Assert.Equal(expected, Judge.Of(Some.SlowRule() with { Metric = metric }, Quiet, new Measurement(default, attempts, 100, slow, 1)));

    [Theory]
    [InlineData(true, 9, Verdict.Breach)]
    [InlineData(true, 10, Verdict.Good)]
    [InlineData(false, 11, Verdict.Breach)]
    [InlineData(false, 10, Verdict.Good)]
    [InlineData(true, 0, Verdict.Breach)]                                                   // nothing is a number too
    public void Of_Attempts_AreANumberAsTheyAre(bool below, int attempts, Verdict expected)
    {
        var rule = Some.Rule() with { Metric = RuleMetric.Attempts, Below = below, Limit = 10, Recover = 10, MinAttempts = 0, MinDevices = 0 };

        Assert.Equal(expected, Judge.Of(rule, Quiet, new Measurement(default, attempts, 0, 0, attempts)));
    }

    [Fact]
    public void Of_Freshness_IsBadBelow()
    {
        var rule = Some.QueueRule() with { Metric = RuleMetric.FreshnessShare, Limit = 90, Recover = 90 };

        Assert.Equal(Verdict.Breach, Judge.Of(rule, Quiet, new Measurement(default, 0, 100, 11, 89)));
        Assert.Equal(Verdict.Good, Judge.Of(rule, Quiet, new Measurement(default, 0, 100, 10, 90)));
    }

    [Fact]
    public void Of_ConflictRate_MayExceedAHundred()
    {
        var rule = Some.Rule() with { Metric = RuleMetric.ConflictRate, Limit = 120, Recover = 120 };

        Assert.Equal(Verdict.Breach, Judge.Of(rule, Quiet, new Measurement(default, 100, 20, 130, 130)));
        Assert.Equal(Verdict.Good, Judge.Of(rule, Quiet, new Measurement(default, 100, 20, 120, 120)));
    }
}
