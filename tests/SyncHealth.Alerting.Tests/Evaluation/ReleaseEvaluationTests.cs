using SyncHealth.Alerting.Evaluation;
using SyncHealth.Alerting.Rules;
using SyncHealth.Alerting.States;
using SyncHealth.Statistics.Verdicts;
using Xunit;
using Verdict = SyncHealth.Alerting.Evaluation.Verdict;

namespace SyncHealth.Alerting.Tests.Evaluation;

/// <summary>What a rule on release verdicts makes of verdicts: only what is beyond doubt moves an alert.</summary>
public sealed class ReleaseEvaluationTests
{
    private static readonly Stratum Cellular = new("android", "cellular");
    private static readonly Stratum Wifi = new("android", "wifi");
    private static readonly InstanceKey Whole = KeyOf(("app_version", "2.5.0"));

    private readonly ScriptedReleases _readings = new();
    private readonly Dictionary<InstanceKey, AlertState> _states = [];
    private readonly List<AlertTransition> _transitions = [];
    private DateTimeOffset _now = Some.Noon;

    [Fact]
    public async Task Run_Worse_FiresWithTheVerdictAsItsEvidence()
    {
        await EvaluateAsync(Worse());

        var finding = Assert.Single(_transitions).Finding!;
        Assert.Equal((AlertStatus.Firing, Verdict.Breach), (_states[Whole].Status, finding.Verdict));
        Assert.Equal(("worse", "2.4.1"), (finding.Release!.Verdict, finding.Release.Baseline));
        Assert.StartsWith("2.5.0 is worse than 2.4.1 on Android over cellular: success rate ", finding.Release.Sentence, StringComparison.Ordinal);
        Assert.StartsWith("Stop: cellular got worse. 2.5.0 is worse", finding.Release.Advice, StringComparison.Ordinal);
        Assert.Equal(["success_rate", "slow_share", "conflict_rate"], finding.Release.Figures.Select(figure => figure.Metric));
        Assert.Equal((4000, 2000), (finding.Measurement.Attempts, finding.Measurement.Devices));
        Assert.Equal(-finding.Measurement.Value!.Value, finding.Release.Figures[0].Difference!.Value, 12);
    }

    [Fact]
    public async Task Run_NotWorse_Resolves()
    {
        await EvaluateAsync(Worse());
        await EvaluateAsync(Same(devices: 40_000));

        Assert.Equal((AlertStatus.Resolved, "not_worse"), (_states[Whole].Status, _transitions[^1].Finding!.Release!.Verdict));
    }

    /// <summary>Nothing that a verdict leaves open opens an incident, and nothing of it closes one.</summary>
    [Theory]
    [InlineData("inconclusive")]
    [InlineData("insufficient")]
    [InlineData("still_arriving")]
    [InlineData("unknown")]
    [InlineData("ingest_down")]
    public async Task Run_NothingToBeSaid_HoldsWhatIs(string said)
    {
        await EvaluateAsync(OpenVerdict(said));
        Assert.DoesNotContain(_states.Values, state => state.Status != AlertStatus.Inactive);

        _readings.IsIngestDown = false;
        await EvaluateAsync(Worse());
        await EvaluateAsync(OpenVerdict(said));

        Assert.Equal((AlertStatus.Firing, 1), (_states[Whole].Status, _transitions.Count));
        Assert.Equal(_now, _states[Whole].SilentSince);
    }

    /// <summary>Most of its devices were heard from, on another release: that is evidence, unlike silence.</summary>
    [Fact]
    public async Task Run_Replaced_ResolvesAndSaysSo()
    {
        await EvaluateAsync(new ReleaseReading("2.5.0", null, Some.Noon));
        Assert.Empty(_states);

        await EvaluateAsync(Worse());
        await EvaluateAsync(new ReleaseReading("2.5.0", null, Some.Noon));

        Assert.Equal((AlertStatus.Resolved, "replaced"), (_states[Whole].Status, _transitions[^1].Finding!.Release!.Verdict));
        Assert.Equal("2.5.0 is replaced: most devices that ran it run another release by now.", _transitions[^1].Finding!.Release!.Sentence);
    }

    [Fact]
    public async Task Run_For_CountsOnlyEvaluationsThatHadAVerdict()
    {
        var rule = Rule() with { For = TimeSpan.FromMinutes(2) };

        foreach (var (reading, status) in new[] { (Worse(), AlertStatus.Pending), (OpenVerdict("insufficient"), AlertStatus.Pending), (Worse(), AlertStatus.Pending), (Worse(), AlertStatus.Pending), (Worse(), AlertStatus.Firing) })
        {
            await EvaluateAsync(rule, reading);
            Assert.Equal(status, _states[Whole].Status);
        }
    }

    [Fact]
    public async Task Run_BySegment_IsAnInstanceEach()
    {
        var rule = Rule() with { By = ["app_version", "os", "network"] };
        await EvaluateAsync(rule, Worse());

        var (cellular, wifi) = (KeyOf(("app_version", "2.5.0"), ("os", "android"), ("network", "cellular")), KeyOf(("app_version", "2.5.0"), ("os", "android"), ("network", "wifi")));
        Assert.Equal((AlertStatus.Firing, AlertStatus.Inactive), (_states[cellular].Status, _states[wifi].Status));
        Assert.StartsWith("2.5.0 on Android over cellular is worse than 2.4.1: success rate ", Assert.Single(_transitions).Finding!.Release!.Sentence, StringComparison.Ordinal);

        await EvaluateAsync(rule, new ReleaseReading("2.5.0", null, Some.Noon));
        Assert.Equal(AlertStatus.Resolved, _states[cellular].Status);
    }

    /// <summary>R3: what is stored beside each transition leads to the same transitions.</summary>
    [Fact]
    public async Task Run_Replayed_IsTheHistory()
    {
        await EvaluateAsync(Worse());
        await EvaluateAsync(Same(devices: 40_000));

        Assert.Equal(_transitions, Replay.Of(Rule(), AlertClass.Threshold, AlertState.New(Some.Noon), _transitions));
    }

    private static AlertRule Rule() => new()
    {
        Name = "releases", Metric = RuleMetric.ReleaseVerdict, Limit = 0, Recover = 0, By = ["app_version"], Window = TimeSpan.FromDays(30), MinAttempts = 0, MinDevices = 0,
    };

    private static InstanceKey KeyOf(params (string Dimension, string Value)[] segment) =>
        new(new SegmentKey(segment.ToDictionary(pair => pair.Dimension, pair => pair.Value)), AlertClass.Threshold);

    private static ReleaseReading Worse() => Judged([new(Cellular, Arm(1000, 70), Arm(1000, 95)), new(Wifi, Arm(1000, 97), Arm(1000, 97))]);

    private static ReleaseReading Same(int devices) => Judged([new(Wifi, Arm(devices, 97), Arm(devices, 97))]);

    private static ReleaseReading Judged(IReadOnlyList<StratumTotals> strata, double arrived = 1) => new("2.5.0", ReleaseJudge.Judge(new VerdictInput
    {
        Release = "2.5.0", Baseline = "2.4.1", Watermark = Some.Noon, Strata = strata, ArrivedShare = arrived,
    }), Some.Noon.AddDays(-3));

    private ReleaseReading? OpenVerdict(string said)
    {
        _readings.IsIngestDown = said == "ingest_down";
        return said switch
        {
            "inconclusive" => Same(devices: 200),
            "insufficient" => Judged([new(Cellular, Arm(29, 0), Arm(1000, 95))]),
            "still_arriving" => Judged([new(Wifi, Arm(40_000, 97), Arm(40_000, 97))], arrived: 0.5),
            "ingest_down" => Worse(),
            _ => null,
        };
    }

    /// <summary>Devices of two attempts, the first ones of a hundred always successful.</summary>
    private static ArmTotals Arm(int devices, int percent) => Enumerable.Range(0, devices)
        .Aggregate(default(ArmTotals), (sum, device) => sum + ArmTotals.OfDevice(2, device % 100 < percent ? 2 : 0, device % 50 == 0 ? 1 : 0, device % 50 == 1 ? 1 : 0));

    private Task EvaluateAsync(ReleaseReading? reading) => EvaluateAsync(Rule(), reading);

    private async Task EvaluateAsync(AlertRule rule, ReleaseReading? reading)
    {
        _now = _now.AddMinutes(1);
        _readings.Releases = reading is null ? [] : [reading];
        foreach (var evaluated in await new RuleEvaluation(rule, "notes", _readings, _now).RunAsync(_states, TestContext.Current.CancellationToken))
        {
            _states[evaluated.Key] = evaluated.Step.State;
            if (evaluated.Step.Transition is { } transition)
                _transitions.Add(transition);
        }
    }
}
