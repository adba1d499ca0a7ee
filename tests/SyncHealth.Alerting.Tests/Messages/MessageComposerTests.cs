using SyncHealth.Alerting.Evaluation;
using SyncHealth.Alerting.Messages;
using SyncHealth.Alerting.Routing;
using SyncHealth.Alerting.Rules;
using SyncHealth.Alerting.States;
using Xunit;

namespace SyncHealth.Alerting.Tests.Messages;

public sealed class MessageComposerTests
{
    private static readonly MessageComposer Composer = new(new MessageLinks(new Uri("https://sync.example.com/"), ["sync-success-rate"]));

    [Fact]
    public void Compose_Opening_SaysEverythingInTheFirst120Characters()
    {
        var message = Opening(Some.Rule(), Some.Rate(912, 1000));

        Assert.Equal("FIRING notes: success 91.2 % (limit 95 %), 212 devices", Headline.Of(message));
        Assert.InRange(Headline.Of(message).Length, 1, Headline.VisibleLength);
    }

    [Fact]
    public void Compose_Opening_CarriesBoundCountsWindowAndLinks()
    {
        var message = Opening(Some.Rule(), Some.Rate(912, 1000));

        Assert.Equal("at most 92.6 % with 95 % confidence", message.Bound);
        Assert.Equal((1000, 212, 95d, "percent"), (message.Attempts, message.Devices, message.Limit, message.Unit));
        Assert.Equal("https://sync.example.com/?app=notes&range=1h&from=2026-11-22T11%3A45%3A00Z&to=2026-11-22T12%3A00%3A00Z", message.DashboardUrl);
        Assert.Equal("https://sync.example.com/runbooks/sync-success-rate", message.RunbookUrl);
    }

    [Theory]
    [InlineData(RuleMetric.DurationP99, "FIRING notes: sync duration p99 72.5 s (limit 60 s), 212 devices")]
    [InlineData(RuleMetric.QueueDepthShare, "FIRING notes: devices with over 1000 queued items 4.0 % (limit 1 %), 1,250 devices")]
    public void Compose_OtherMetrics_SpeakTheirUnits(RuleMetric metric, string headline)
    {
        var message = metric == RuleMetric.DurationP99
            ? Opening(Some.SlowRule(), Some.Rate(982, 1000) with { Value = 72_480 })
            : Opening(Some.QueueRule(), Some.Queues(50, 1250));

        Assert.Equal(headline, Headline.Of(message));
        Assert.NotNull(message.Bound);
    }

    /// <summary>A verdict speaks for itself: the sentence is the headline, and what stands behind it are the facts.</summary>
    [Fact]
    public void Compose_ReleaseVerdict_IsThePlainSentence()
    {
        var rule = Some.Rule() with { Name = "releases", Metric = RuleMetric.ReleaseVerdict, Limit = 0, Recover = 0, By = ["app_version"] };
        var release = new ReleaseFinding("worse", "2.4.1", "2.5.0 is worse than 2.4.1 on Android over cellular: success rate 66.3 points lower (26.8 to 88.3).", "Stop: cellular got worse. 2.5.0 is worse than 2.4.1.",
            [new ReleaseFigure("success_rate", "worse", -66.3, -88.3, -26.8), new ReleaseFigure("slow_share", "not_worse", 0.04, -0.2, 0.3), new ReleaseFigure("silent_share", "insufficient", null, null, null)]);
        var finding = new Finding(Verdict.Breach, Some.Rate(912, 1000) with { Value = 66.3 }) { Release = release };
        var key = new InstanceKey(SegmentKey.Of(["app_version"], ["2.5.0"]), AlertClass.Threshold);
        var state = AlertState.New(Some.Noon) with { FiredAt = Some.Noon };

        var opening = Composer.Compose(rule, "notes", key, state, new AlertTransition(1, 1, AlertStatus.Inactive, AlertStatus.Firing, Some.Noon, TransitionReason.Breach, finding));

        Assert.Equal("FIRING notes: 2.5.0 is worse than 2.4.1 on Android over cellular: success rate 66.3 points lower (26.8 to 88.3)", Headline.Of(opening));
        Assert.Equal("2.5.0 is worse than 2.4.1 on Android over cellular: success rate 66.3 points lower (26.8 to 88.3)", Headline.Short(opening));
        Assert.InRange(Headline.Of(opening).Length, 1, Headline.VisibleLength);
        Assert.Equal(
            [("Advice", "Stop: cellular got worse. 2.5.0 is worse than 2.4.1."), ("success rate", "-66.3 points (-88.3 to -26.8): worse"), ("slow share", "0.0 points (-0.2 to +0.3): not worse")],
            MessageFacts.Of(opening).Take(3).Select(fact => (fact.Label, fact.Text)));
        Assert.DoesNotContain(MessageFacts.Of(opening), fact => fact.Label is "Value" or "Evidence");
        Assert.Equal("https://sync.example.com/releases?app=notes", opening.DashboardUrl);

        var good = finding with { Verdict = Verdict.Good, Release = release with { Sentence = "2.5.0 is not worse than 2.4.1, judged on 4,000 devices." } };
        var closing = Composer.Compose(rule, "notes", key, state, new AlertTransition(2, 1, AlertStatus.Firing, AlertStatus.Resolved, Some.Noon.AddHours(2), TransitionReason.Recovered, good));
        Assert.Equal("RESOLVED notes: 2.5.0 is not worse than 2.4.1, judged on 4,000 devices, after 2 h", Headline.Of(closing));

        var removed = Composer.Compose(rule, "notes", key, state, AlertMachine.Remove(state with { Status = AlertStatus.Firing }, Some.Noon.AddHours(2)).Transition!);
        Assert.Equal("RESOLVED notes 2.5.0: release verdict after 2 h", Headline.Of(removed));
    }

    [Fact]
    public void Compose_Closing_TellsDurationAndWorst()
    {
        var state = AlertState.New(Some.Noon) with { FiredAt = Some.Noon, Worst = 71.5 };
        var closing = new AlertTransition(3, 1, AlertStatus.Firing, AlertStatus.Resolved, Some.Noon.AddMinutes(32), TransitionReason.Recovered, Some.Finding(Verdict.Good, 97.1));
        var message = Composer.Compose(Some.Rule(), "notes", InstanceKey.Fleet, state, closing);

        Assert.Equal(NoticeKind.Resolve, message.Kind);
        Assert.Equal("RESOLVED notes: success 97.1 % (limit 95 %) after 32 min", Headline.Of(message));
        Assert.Contains(("Worst value", "71.5 %"), MessageFacts.Of(message));
        Assert.Contains(("How it ended", "Fresh data is on the good side of the limit again."), MessageFacts.Of(message));
    }

    /// <summary>Codes come from devices: one alone without a code is no list, and a long one is cut.</summary>
    [Theory]
    [InlineData("", null)]
    [InlineData("http_503", "http_503 100 %")]
    [InlineData("a code of a device that somebody wrote for the fun of it", "a code of a device that somebody wrote … 100 %")]
    public void Compose_ErrorCodes_AreNamedWhereThereAreAny(string code, string? expected)
    {
        var context = new MessageContext { Errors = [new ContextError("server", code, 7)] };
        var message = Composer.Compose(Some.Rule(), "notes", InstanceKey.Fleet, AlertState.New(Some.Noon) with { FiredAt = Some.Noon }, Fired(Some.Rate(912, 1000)), context);

        Assert.Equal(("server 100 %", expected), (message.ErrorKinds, message.ErrorCodes));
    }

    [Theory]
    [InlineData(RuleMetric.SuccessRate, 212L, null, "212 devices")]
    [InlineData(RuleMetric.SuccessRate, 1L, 24, "1 device in its last 1 d")]
    [InlineData(RuleMetric.SuccessRate, null, null, null)]
    [InlineData(RuleMetric.QueueDepthShare, null, null, "37 devices at once, at most")]
    public void Compose_Closing_TellsWhomItConcerned(RuleMetric metric, long? counted, int? hours, string? expected)
    {
        var rule = metric == RuleMetric.QueueDepthShare ? Some.QueueRule() : Some.Rule();
        var state = AlertState.New(Some.Noon) with { FiredAt = Some.Noon, MostOffending = 37 };
        var context = new MessageContext { Affected = counted is { } devices ? new AffectedDevices(devices, hours is { } within ? TimeSpan.FromHours(within) : null) : null };
        var closing = new AlertTransition(3, 1, AlertStatus.Firing, AlertStatus.Resolved, Some.Noon.AddMinutes(32), TransitionReason.Recovered, Some.Finding(Verdict.Good, 97.1));

        Assert.Equal(expected, Composer.Compose(rule, "notes", InstanceKey.Fleet, state, closing, context).AffectedDevices);
        Assert.Null(Composer.Compose(rule, "notes", InstanceKey.Fleet, state, Fired(Some.Rate(912, 1000)), context).AffectedDevices);
    }

    [Fact]
    public void Compose_PartThatCannotBeWorded_IsLeftOutNamedAndCounted()
    {
        var failures = new List<Exception>();
        var composer = new MessageComposer(new MessageLinks(new Uri("https://sync.example.com/"), []), failures.Add);
        var state = AlertState.New(Some.Noon) with { FiredAt = Some.Noon };
        var opening = new AlertTransition(1, 1, AlertStatus.Inactive, AlertStatus.Firing, Some.Noon, TransitionReason.Breach, new Finding(Verdict.Breach, Some.Rate(912, 1000)));
        var broken = new MessageContext { Parts = new BrokenList<ContextPart>() };
        var message = composer.Compose(Some.Rule(), "notes", InstanceKey.Fleet, state, opening, broken);

        Assert.Equal("FIRING notes: success 91.2 % (limit 95 %), 212 devices", Headline.Of(message));
        Assert.Equal("at most 92.6 % with 95 % confidence", message.Bound);
        Assert.Contains(("left out", "top contributor, release in rollout: could not be put into words"), MessageFacts.Of(message));
        Assert.Equal(2, failures.Count);
    }

    [Fact]
    public void Compose_RuleRemoved_SaysSoWithoutAValue()
    {
        var step = AlertMachine.Remove(AlertState.New(Some.Noon) with { Status = AlertStatus.Firing, FiredAt = Some.Noon }, Some.Noon.AddMinutes(1));
        var message = Composer.Compose(Some.Rule(), "notes", InstanceKey.Fleet, step.State, step.Transition!);

        Assert.Equal("RESOLVED notes: success (limit 95 %) after 1 min", Headline.Of(message));
        Assert.Contains(MessageFacts.Of(message), fact => fact.Label == "How it ended");
    }

    [Fact]
    public void Compose_BothEndsOfAnIncident_ShareItsKey()
    {
        var state = AlertState.New(Some.Noon) with { FiredAt = Some.Noon };
        var opening = Composer.Compose(Some.Rule(), "notes", InstanceKey.Fleet, state, Moved(AlertStatus.Pending, AlertStatus.Firing));
        var closing = Composer.Compose(Some.Rule(), "notes", InstanceKey.Fleet, state, Moved(AlertStatus.Firing, AlertStatus.Resolved));

        Assert.Equal(opening.IncidentKey, closing.IncidentKey);
        Assert.NotEqual(opening.IncidentKey, Composer.Compose(Some.Rule(), "mail", InstanceKey.Fleet, state, Moved(AlertStatus.Pending, AlertStatus.Firing)).IncidentKey);
        Assert.NotEqual(opening.IncidentKey, Composer.Compose(Some.Rule(), "notes", InstanceKey.Fleet, state with { FiredAt = Some.Noon.AddSeconds(1) }, Moved(AlertStatus.Pending, AlertStatus.Firing)).IncidentKey);
    }

    [Fact]
    public void Of_HostileAppName_KeepsTheValueInSight()
    {
        var message = Opening(Some.Rule(), Some.Rate(912, 1000)) with { App = new string('x', 1000) + "\n<!channel>" };

        Assert.InRange(Headline.Of(message).IndexOf("91.2 %", StringComparison.Ordinal), 1, Headline.VisibleLength - 6);
        Assert.DoesNotContain('\n', Headline.Of(message));
    }

    [Fact]
    public void Compose_Segment_NamesReleaseAndPlaceFirstAndLinksToThem()
    {
        var key = new InstanceKey(new SegmentKey(new Dictionary<string, string> { ["network"] = "cellular", ["app_version"] = "2.4.1" }), AlertClass.Threshold);
        var message = Composer.Compose(Some.Rule() with { By = ["network", "app_version"] }, "notes", key, AlertState.New(Some.Noon) with { FiredAt = Some.Noon }, Fired(Some.Rate(912, 1000)));

        Assert.Equal("FIRING notes 2.4.1 cellular: success 91.2 % (limit 95 %), 212 devices", Headline.Of(message));
        Assert.EndsWith("&filter=app_version%3A2.4.1&filter=network%3Acellular", message.DashboardUrl, StringComparison.Ordinal);
        Assert.NotEqual(Opening(Some.Rule(), Some.Rate(912, 1000)).IncidentKey, message.IncidentKey);
    }

    [Fact]
    public void Compose_LongNamesInEveryDimension_KeepTheValueInSight()
    {
        var segment = new SegmentKey(new[] { "app_version", "os", "os_version", "network", "device_model" }.ToDictionary(name => name, _ => new string('w', 200)));
        var message = Composer.Compose(Some.Rule(), new string('a', 200), new InstanceKey(segment, AlertClass.Threshold), AlertState.New(Some.Noon) with { FiredAt = Some.Noon }, Fired(Some.Rate(912, 1000)));

        Assert.InRange(Headline.Of(message).IndexOf("91.2 % (limit 95 %)", StringComparison.Ordinal), 1, Headline.VisibleLength - 19);
    }

    [Fact]
    public void Compose_DetectedLate_SaysByHowMuch()
    {
        var finding = new Finding(Verdict.Breach, Some.Rate(912, 1000)) { Lateness = TimeSpan.FromHours(6) };
        var message = Composer.Compose(Some.Rule(), "notes", InstanceKey.Fleet with { Class = AlertClass.Late }, AlertState.New(Some.Noon) with { FiredAt = Some.Noon }, Fired(Some.Rate(912, 1000)) with { Finding = finding });

        Assert.Equal("FIRING notes: success 91.2 % (limit 95 %), 212 devices, detected late by 6 h", Headline.Of(message));
        Assert.Contains(MessageFacts.Of(message), fact => fact.Label == "Detected late by");
    }

    [Fact]
    public void Compose_NoData_SaysThatNothingIsMeasured()
    {
        var message = Composer.Compose(Some.Rule(), "notes", InstanceKey.Fleet with { Class = AlertClass.NoData }, AlertState.New(Some.Noon) with { FiredAt = Some.Noon }, Fired(Some.Rate(0, 0, 0)));

        Assert.Equal("FIRING notes: no data for success, nothing in 15 min", Headline.Of(message));
        Assert.Null(message.Bound);
    }

    [Fact]
    public void Compose_Context_NamesWhatStandsOut()
    {
        var context = new MessageContext
        {
            LastWeek = Some.Rate(972, 1000),
            Parts =
            [
                new ContextPart("app_version", "2.10.0", Some.Rate(130, 200)), new ContextPart("app_version", "2.9.0", Some.Rate(782, 800)),
                new ContextPart("os", "android", Some.Rate(456, 500)), new ContextPart("os", "ios", Some.Rate(456, 500)),
            ],
            Errors =
            [
                new ContextError("server", "http_503", 50), new ContextError("server", "http_500", 20), new ContextError("offline", "", 10), new ContextError("timeout", "", 5),
                new ContextError("auth", "http_401", 2), new ContextError("auth", new string('x', 100), 1),
            ],
        };
        var message = Composer.Compose(Some.Rule(), "notes", InstanceKey.Fleet, AlertState.New(Some.Noon) with { FiredAt = Some.Noon }, Fired(Some.Rate(912, 1000)), context);

        Assert.Equal("app_version 2.10.0: 79.5 % of the bad ones, 20 % of all", message.TopContributor);
        Assert.Equal("2.10.0 at 20 % of attempts", message.Rollout);
        Assert.Equal("server 79.5 %, offline 11.4 %, timeout 5.7 %, others 3.4 %", message.ErrorKinds);
        Assert.Equal("http_503 56.8 %, http_500 22.7 %, http_401 2.3 %, others 18.2 %", message.ErrorCodes);
        Assert.Contains(("Last week", "97.2 %; now 6.0 points lower"), MessageFacts.Of(message));
    }

    /// <summary>Both hold the same share of the bad ones; what happened within the week differs.</summary>
    [Theory]
    [InlineData(196, 200, 784, 800, "; got worse")]
    [InlineData(49, 50, 931, 950, "; got worse")]
    [InlineData(13, 20, 960, 980, "; traffic moved there")]
    [InlineData(0, 0, 980, 1000, "; not there a week ago")]
    [InlineData(130, 200, 784, 800, "")]
    [InlineData(0, 0, 0, 0, "")]
    public void Compose_TopContributor_SaysWhetherItGotWorseOrGrew(int cellular, int ofCellular, int wifi, int ofWifi, string change)
    {
        var context = new MessageContext
        {
            Parts = [new ContextPart("network", "cellular", Some.Rate(130, 200)), new ContextPart("network", "wifi", Some.Rate(782, 800))],
            PartsLastWeek = new[] { new ContextPart("network", "cellular", Some.Rate(cellular, ofCellular)), new ContextPart("network", "wifi", Some.Rate(wifi, ofWifi)) }.Where(part => part.Measurement.Attempts > 0).ToArray(),
        };
        var message = Composer.Compose(Some.Rule(), "notes", InstanceKey.Fleet, AlertState.New(Some.Noon) with { FiredAt = Some.Noon }, Fired(Some.Rate(912, 1000)), context);

        Assert.Equal("network cellular: 79.5 % of the bad ones, 20 % of all" + change, message.TopContributor);
    }

    [Fact]
    public void Compose_NothingStandsOut_NamesNothing()
    {
        var context = new MessageContext { Parts = [new ContextPart("os", "android", Some.Rate(456, 500)), new ContextPart("os", "ios", Some.Rate(456, 500)), new ContextPart("app_version", "1", Some.Rate(912, 1000))] };
        var message = Composer.Compose(Some.Rule(), "notes", InstanceKey.Fleet, AlertState.New(Some.Noon) with { FiredAt = Some.Noon }, Fired(Some.Rate(912, 1000)), context);

        Assert.Equal((null, null, null, null), (message.TopContributor, message.Rollout, message.ErrorKinds, message.LastWeek));
        Assert.Equal((null, null), (message.RolloutVerdict, message.ErrorCodes));
    }

    [Fact]
    public void Compose_Comparison_SaysWithWhat()
    {
        var rule = Some.Rule() with { Comparison = new RuleComparison(2, 2, ComparedWith.LastWeek) };
        var finding = new Finding(Verdict.Breach, Some.Rate(912, 1000)) { Limits = new Limits(95.2, 95.2), Baseline = Some.Rate(972, 1000) };
        var message = Composer.Compose(rule, "notes", InstanceKey.Fleet, AlertState.New(Some.Noon) with { FiredAt = Some.Noon }, Fired(Some.Rate(912, 1000)) with { Finding = finding });

        Assert.Equal("FIRING notes: success 91.2 % (limit 95.2 %), 212 devices", Headline.Of(message));
        Assert.Contains(("Compared with", "the same time last week, 97.2 %; 2 points worse is the limit"), MessageFacts.Of(message));
    }

    private static AlertTransition Fired(Measurement measurement) =>
        new(2, 1, AlertStatus.Pending, AlertStatus.Firing, Some.Noon, TransitionReason.Breach, new Finding(Verdict.Breach, measurement));

    private static AlertMessage Opening(AlertRule rule, Measurement measurement) => Composer.Compose(
        rule, "notes", InstanceKey.Fleet, AlertState.New(Some.Noon) with { FiredAt = Some.Noon },
        new AlertTransition(2, 1, AlertStatus.Pending, AlertStatus.Firing, Some.Noon, TransitionReason.Breach, new Finding(Verdict.Breach, measurement)));

    private static AlertTransition Moved(AlertStatus from, AlertStatus to) =>
        new(2, 1, from, to, Some.Noon, TransitionReason.Breach, Some.Finding(Verdict.Breach));
}
