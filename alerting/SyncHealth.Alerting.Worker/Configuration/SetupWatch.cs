using SyncHealth.Alerting.Evaluation;
using SyncHealth.Alerting.Routing;
using SyncHealth.Alerting.Rules;
using SyncHealth.Alerting.States;
using SyncHealth.Alerting.Worker.Evaluator;
using SyncHealth.Storage.Alerts;

namespace SyncHealth.Alerting.Worker.Configuration;

/// <summary>Tells of files that were changed and cannot be used: whoever edited them believes that the new rules hold. An alert of its own, which ends when the files are in force.</summary>
internal sealed class SetupWatch(SetupInForce setup, AlertStore store, AlertSaving saving, AlertingOptions options, TimeProvider clock)
{
    /// <summary>Name of the rule that stands in no file.</summary>
    public const string RuleName = "rules-refused";

    /// <summary>Looks once, and saves what came of it.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var known = (await store.LoadOwnAsync(Wording.Of(AlertClass.RulesRefused), cancellationToken)).SingleOrDefault() is { } stored ? KnownAlert.Of(stored) : null;
        if (known is null && setup.Problem is null)
            return;
        var before = known?.State;
        var rule = RuleOf(setup.Problem);
        var finding = new Finding(setup.Problem is null ? Verdict.Good : Verdict.Breach, new Measurement(new TimeWindow(now, now), 0, 0, 0, null));
        var step = AlertMachine.Next(rule, before ?? AlertState.New(now), finding, now);
        if (step.State != before)
            await saving.SaveAsync(GroupKey.AllApps, new Evaluated(new InstanceKey(SegmentKey.Fleet, AlertClass.RulesRefused), rule, before, finding, step), null, known, now, null, cancellationToken);
    }

    private AlertRule RuleOf(string? problem) => new()
    {
        Name = RuleName,
        Metric = RuleMetric.Attempts,
        Limit = 1,
        Below = true,
        Recover = 1,
        Window = options.Interval,
        MinAttempts = 0,
        MinDevices = 0,
        Severity = AlertSeverity.Warning,
        Notify = [.. options.HealthReceivers.Count > 0 ? options.HealthReceivers : Default(setup.Current)],
        Annotations = problem is null ? new Dictionary<string, string>() : new Dictionary<string, string> { ["problem"] = problem },
    };

    /// <summary>Nobody has to get up for it, where somebody reads along.</summary>
    private static IEnumerable<string> Default(AlertingSetup setup)
    {
        string[] readers = [.. setup.ConfiguredNames.Except(setup.Pagers)];
        return readers.Length > 0 ? readers : setup.Pagers;
    }
}
