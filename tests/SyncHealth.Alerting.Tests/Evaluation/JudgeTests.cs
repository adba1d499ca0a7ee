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

    [Fact]
    public void Of_ConflictRate_MayExceedAHundred()
    {
        var rule = Some.Rule() with { Metric = RuleMetric.ConflictRate, Limit = 120, Recover = 120 };

        Assert.Equal(Verdict.Breach, Judge.Of(rule, Quiet, new Measurement(default, 100, 20, 130, 130)));
        Assert.Equal(Verdict.Good, Judge.Of(rule, Quiet, new Measurement(default, 100, 20, 120, 120)));
    }
}
