using SyncHealth.Alerting.Rules;
using SyncHealth.Alerting.Trials;
using Xunit;

namespace SyncHealth.Alerting.Tests.Trials;

/// <summary>What the evaluation does with segments, clocks, baselines and holes, told as trials; and that a wrong expectation fails.</summary>
public sealed class TrialRunTests
{
    private const string Rate = "{ name: r, metric: success_rate, below: 95, for: 2m, notify: [pagerduty, slack]";

    [Theory]
    [InlineData("- { at: 10m, rule: r, state: inactive }", "at 10m r {} is firing, expected inactive")]
    [InlineData("- { at: 10m, rule: x, state: firing }", "there is no rule 'x'")]
    [InlineData("- { at: 10m, rule: r, segment: { os: ios }, state: firing }", "is inactive, expected firing")]
    public async Task Run_WrongState_SaysWhatItIs(string expectation, string failure)
    {
        var failures = await RunAsync(Rate + " }", "- { from: 0m, to: 20m, attempts: 100, success: 50 }", $"expect:\n      {expectation}");

        Assert.Contains(failures, text => text.Contains(failure, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("[]", "told, but not expected: at 2m pagerduty: trigger r {}")]
    [InlineData("[{ at: 3m, rule: r, kind: trigger, to: pagerduty }, { at: 2m, rule: r, kind: trigger, to: slack }]", "not told: at 3m pagerduty: trigger r {}")]
    public async Task Run_WrongNotices_AreNamed(string notices, string failure) => Assert.Contains(
        failure, await RunAsync(Rate + " }", "- { from: 0m, to: 20m, attempts: 100, success: 50 }", $"notices: {notices}"));

    /// <summary>One instance a segment; the one that fails fires, the other does not.</summary>
    [Fact]
    public Task Run_Grouped_FiresPerSegment() => PassesAsync(
        Rate + ", by: [os], newGroupGrace: 0s }",
        "- { from: 0m, to: 30m, attempts: 100, success: 80, segment: { os: android } }\n      - { from: 0m, to: 30m, attempts: 100, success: 99, segment: { os: ios } }",
        "expect:\n      - { at: 20m, rule: r, segment: { os: android }, state: firing }\n      - { at: 20m, rule: r, segment: { os: ios }, state: inactive }");

    /// <summary>94 % of 1000 is literally below 95 %, but may be chance: a segment's bound does not fire, the fleet's point does.</summary>
    [Theory]
    [InlineData("by: [os], window: 10m", 94, "inactive")]
    [InlineData("by: [os], window: 10m, mode: point", 94, "firing")]
    [InlineData("by: [os], window: 10m", 93, "firing")]
    public Task Run_BoundIsTheDefaultOfSegments(string keys, int success, string state) => PassesAsync(
        Rate + $", newGroupGrace: 0s, {keys} }}", $"- {{ from: 0m, to: 10m, attempts: 100, success: {success}, segment: {{ os: ios }} }}",
        $"expect:\n      - {{ at: 10m, rule: r, segment: {{ os: ios }}, state: {state} }}");

    /// <summary>A release that appears after the rule is pending through its grace, an old one is not.</summary>
    [Fact]
    public Task Run_NewGroup_WaitsForItsGrace() => PassesAsync(
        Rate + ", by: [app_version] }",
        "- { from: 0m, to: 3h, attempts: 100, success: 99, segment: { app_version: '1' } }\n      - { from: 30m, to: 3h, attempts: 100, success: 50, segment: { app_version: '2' } }",
        "expect:\n      - { at: 89m, rule: r, segment: { app_version: '2' }, state: pending }\n      - { at: 92m, rule: r, segment: { app_version: '2' }, state: firing }");

    [Fact]
    public Task Run_FilterAndEnvironment_CountOnlyTheirs() => PassesAsync(
        Rate + ", filter: ['os:ios', 'os:ipados', 'network:wifi'], environment: beta }",
        "- { from: 0m, to: 30m, attempts: 100, success: 99, segment: { os: ios, network: wifi, environment: beta } }\n"
        + "      - { from: 0m, to: 30m, attempts: 900, success: 0, segment: { os: ios, network: cellular, environment: beta } }\n"
        + "      - { from: 0m, to: 30m, attempts: 900, success: 0, segment: { os: ipados, network: wifi } }",
        "expect:\n      - { at: 20m, rule: r, state: inactive }");

    [Theory]
    [InlineData("", "firing")]
    [InlineData(", ignoreErrors: [offline]", "inactive")]
    [InlineData(", ignoreErrors: [server]", "firing")]
    public Task Run_IgnoredErrors_AreNotCounted(string keys, string state) => PassesAsync(
        Rate + keys + " }", "- { from: 0m, to: 30m, attempts: 100, success: 80, error: offline }", $"expect:\n      - {{ at: 20m, rule: r, state: {state} }}");

    /// <summary>N20: a fifth of the fleet has no network, and says so. It breaks a promise of freshness unless the rule leaves it out.</summary>
    [Theory]
    [InlineData("", "firing")]
    [InlineData(", excludeOffline: false", "firing")]
    [InlineData(", excludeOffline: true", "inactive")]
    public Task Run_DevicesKnownToBeOffline_CountUnlessTheRuleLeavesThemOut(string keys, string state) => PassesAsync(
        "{ name: r, metric: freshness_share, below: 95, staleAfter: 15m" + keys + " }",
        "- { from: 0m, to: 60m, attempts: 80, success: 100, devices: 80, segment: { network: wifi } }\n      - { from: 0m, to: 60m, attempts: 20, success: 0, devices: 20, segment: { network: none } }",
        $"expect:\n      - {{ at: 40m, rule: r, state: {state} }}");

    /// <summary>The event clock waits for the watermark, then sees what the arrival clock leaves out.</summary>
    [Fact]
    public Task Run_EventClock_WaitsForTheLearnedLateness() => PassesAsync(
        Rate + ", clock: event, lateLimit: 0s }",
        "- { from: 0m, to: 60m, attempts: 100, success: 50, late: 25m }", "expect:\n      - { at: 25m, rule: r, state: inactive }\n      - { at: 40m, rule: r, state: firing }",
        lateness: "30m");

    /// <summary>Late failures show that an earlier window was bad: a class of its own, said to be late, and no page once the window is two hours old.</summary>
    [Theory]
    [InlineData("60m", "- { at: 60m, rule: r, class: late, kind: trigger, to: pagerduty }\n      - { at: 60m, rule: r, class: late, kind: trigger, to: slack }\n"
        + "      - { at: 121m, rule: r, class: late, kind: resolve, to: pagerduty }\n      - { at: 121m, rule: r, class: late, kind: resolve, to: slack }")]
    [InlineData("4h", "- { at: 240m, rule: r, class: late, kind: trigger, to: slack }")]
    public Task Run_LateFailures_AreDetectedLate(string late, string told) => PassesAsync(
        Rate + ", clock: event, minAttempts: 100 }",
        $"- {{ from: 0m, to: 5h, attempts: 10, success: 100 }}\n      - {{ from: 0m, to: 15m, attempts: 20, success: 0, error: offline, late: {late} }}",
        $"notices:\n      {told}");

    /// <summary>D9: no window older than the rule's limit fires.</summary>
    [Fact]
    public Task Run_OlderThanTheLimit_TellsNobody() => PassesAsync(
        Rate + ", clock: event, lateLimit: 2h }",
        "- { from: 0m, to: 5h, attempts: 10, success: 100 }\n      - { from: 0m, to: 15m, attempts: 20, success: 0, error: offline, late: 4h }", "notices: []");

    [Fact]
    public Task Run_NoDataAlert_OpensBesideTheIncidentAndEndsWithData() => PassesAsync(
        Rate + ", noData: alert, window: 5m }",
        "- { from: 0m, to: 10m, attempts: 100, success: 50 }\n      - { from: 30m, to: 60m, attempts: 100, success: 50 }",
        "expect:\n      - { at: 25m, rule: r, state: firing }\n      - { at: 25m, rule: r, class: no_data, state: firing }\n      - { at: 31m, rule: r, class: no_data, state: resolved }\n      - { at: 40m, rule: r, state: firing }");

    [Theory]
    [InlineData("{ name: r, metric: success_rate, dropsBy: 3 }", 95, "firing")]
    [InlineData("{ name: r, metric: success_rate, dropsBy: 3 }", 97, "inactive")]
    [InlineData("{ name: r, metric: attempts, dropsBy: 50 }", 99, "inactive")]
    public Task Run_DropsBy_ComparesWithTheSameHoursLastWeek(string rule, int success, string state) => PassesAsync(
        rule, $"- {{ from: 0m, to: 30m, attempts: 100, success: 99 }}\n      - {{ from: 7d, to: 7d30m, attempts: 100, success: {success} }}",
        $"expect:\n      - {{ at: 7d20m, rule: r, state: {state} }}", interval: "10m");

    /// <summary>The baseline is the older release with the most devices, however names sort as text.</summary>
    [Theory]
    [InlineData(90, "firing")]
    [InlineData(97, "inactive")]
    public Task Run_PreviousRelease_IsTheOlderOneWithTheMostDevices(int success, string state) => PassesAsync(
        "{ name: r, metric: success_rate, dropsBy: 3, comparedWith: previous_release, by: [app_version], mode: point, newGroupGrace: 0s }",
        $"- {{ from: 0m, to: 30m, attempts: 100, success: {success}, devices: 50, segment: {{ app_version: 2.10.0 }} }}\n"
        + "      - { from: 0m, to: 30m, attempts: 100, success: 99, devices: 300, segment: { app_version: 2.9.0 } }\n"
        + "      - { from: 0m, to: 30m, attempts: 100, success: 10, devices: 30, segment: { app_version: 2.8.0 } }",
        $"expect:\n      - {{ at: 20m, rule: r, segment: {{ app_version: 2.10.0 }}, state: {state} }}");

    /// <summary>One region goes quiet: an alert within two windows. With ingest itself silent nobody can say that the fleet is.</summary>
    [Theory]
    [InlineData("- { from: 28d, to: 28d5h, attempts: 100, segment: { os: ios } }\n      - { from: 28d, to: 28d2h, attempts: 100, segment: { os: android } }", "firing")]
    [InlineData("- { from: 28d, to: 28d2h, attempts: 100, segment: { os: ios } }\n      - { from: 28d, to: 28d2h, attempts: 100, segment: { os: android } }", "inactive")]
    public Task Run_SilentFleet_FiresForTheSilentPartOnly(string present, string state) => PassesAsync(
        "{ name: r, metric: silent_fleet, by: [os], newGroupGrace: 0s }",
        string.Concat(Enumerable.Range(0, 4).SelectMany(week => new[] { "ios", "android" }.Select(os => $"- {{ from: {week * 7}d, to: {week * 7}d5h, attempts: 10, devices: {98 + week}, segment: {{ os: {os} }} }}\n      "))) + present,
        $"expect:\n      - {{ at: 28d4h, rule: r, segment: {{ os: android }}, state: {state} }}\n      - {{ at: 28d4h, rule: r, segment: {{ os: ios }}, state: inactive }}",
        interval: "1h");

    /// <summary>An instance a release and none for the one it replaces; it fires on the verdict and not on the first bad hour, and ends with a verdict that is good.</summary>
    [Theory]
    [InlineData(80, "firing")]
    [InlineData(97, "inactive")]
    public Task Run_ReleaseVerdict_JudgesTheNewReleaseAgainstTheOldOne(int success, string state) => PassesAsync(
        "{ name: r, metric: release_verdict }",
        "- { from: 0m, to: 24h, attempts: 200, success: 97, devices: 2000, segment: { app_version: 2.4.1, os: ios, network: wifi } }\n"
        + $"      - {{ from: 2h, to: 24h, attempts: 200, success: {success}, devices: 2000, segment: {{ app_version: 2.10.0, os: ios, network: wifi }} }}",
        $"expect:\n      - {{ at: 1h, rule: r, segment: {{ app_version: 2.10.0 }}, state: inactive }}\n      - {{ at: 23h, rule: r, segment: {{ app_version: 2.10.0 }}, state: {state} }}\n"
        + "      - { at: 23h, rule: r, segment: { app_version: 2.4.1 }, state: inactive }",
        interval: "1h");

    /// <summary>Twenty-nine devices are an anecdote, whatever they say.</summary>
    [Theory]
    [InlineData(29, "inactive")]
    [InlineData(30, "firing")]
    public Task Run_ReleaseVerdict_WithTooFewDevices_SaysNothing(int devices, string state) => PassesAsync(
        "{ name: r, metric: release_verdict }",
        "- { from: 0m, to: 24h, attempts: 200, success: 99, devices: 2000, segment: { app_version: 1.0, os: ios, network: wifi } }\n"
        + $"      - {{ from: 2h, to: 24h, attempts: 10, success: 0, devices: {devices}, segment: {{ app_version: 1.1, os: ios, network: wifi }} }}",
        $"expect:\n      - {{ at: 23h, rule: r, segment: {{ app_version: 1.1 }}, state: {state} }}",
        interval: "1h");

    /// <summary>By segment the one that got worse is told, and the one that did not is not.</summary>
    [Fact]
    public Task Run_ReleaseVerdictBySegment_FiresWhereItGotWorse() => PassesAsync(
        "{ name: r, metric: release_verdict, by: [app_version, os, network] }",
        string.Concat(((string[])["wifi", "cellular"]).Select(network =>
            $"- {{ from: 0m, to: 24h, attempts: 100, success: 97, devices: 1000, segment: {{ app_version: 1.0, os: ios, network: {network} }} }}\n"
            + $"      - {{ from: 2h, to: 24h, attempts: 100, success: {(network == "wifi" ? 97 : 70)}, devices: 1000, segment: {{ app_version: 1.1, os: ios, network: {network} }} }}\n      ")),
        "expect:\n      - { at: 23h, rule: r, segment: { app_version: 1.1, os: ios, network: cellular }, state: firing }\n"
        + "      - { at: 23h, rule: r, segment: { app_version: 1.1, os: ios, network: wifi }, state: inactive }",
        interval: "1h");

    private static async Task PassesAsync(string rule, string series, string expected, string lateness = "0s", string interval = "1m") =>
        Assert.Empty(await RunAsync(rule, series, expected, lateness, interval));

    private static async Task<IReadOnlyList<string>> RunAsync(string rule, string series, string expected, string lateness = "0s", string interval = "1m")
    {
        var rules = RuleDocumentReader.Read($"rules:\n  - {rule}");
        Assert.Empty(rules.Problems);
        var trial = TrialReader.Read($"rules: r.yaml\ntests:\n  - name: t\n    lateness: {lateness}\n    interval: {interval}\n    series:\n      {series}\n    {expected}\n");
        Assert.Empty(trial.Problems);
        return await new TrialRun(rules.Document!.Rules, trial.Document!.Trials[0]).RunAsync(TestContext.Current.CancellationToken);
    }
}
