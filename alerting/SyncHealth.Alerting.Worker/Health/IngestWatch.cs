using SyncHealth.Alerting.Evaluation;
using SyncHealth.Alerting.Routing;
using SyncHealth.Alerting.Rules;
using SyncHealth.Alerting.States;
using SyncHealth.Alerting.Worker.Configuration;
using SyncHealth.Alerting.Worker.Evaluator;
using SyncHealth.Storage.Alerts;

namespace SyncHealth.Alerting.Worker.Health;

/// <summary>
/// Tells silent devices from a silent platform: one alert of its own when no process that takes events lives, or when nothing of any app arrives
/// where devices were heard from shortly before. While it is open nothing is evidence for any rule, so that an outage of ours is one alert and not many.
/// </summary>
internal sealed class IngestWatch(IngestSignReader signs, AlertStore store, AlertSaving saving, SetupInForce setup, AlertingOptions options, TimeProvider clock)
{
    /// <summary>Name of the rule that stands in no file.</summary>
    public const string RuleName = "ingest-down";

    /// <summary>Devices shortly before without which silence is no news.</summary>
    private const int MinDevices = 20;

    /// <summary>Silence after which a process that takes events counts as gone: twelve missed signs of life, on the database's clock.</summary>
    private static readonly TimeSpan ProcessSilence = TimeSpan.FromMinutes(1);

    /// <summary>How long nothing must have arrived.</summary>
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(15);

    /// <summary>Where no process lives, a shorter silence is enough.</summary>
    private static readonly TimeSpan ShortWindow = TimeSpan.FromMinutes(2);

    /// <summary>How long before the silence devices are counted.</summary>
    private static readonly TimeSpan Before = TimeSpan.FromHours(1);

    private AlertRule Rule => new()
    {
        Name = RuleName, Metric = RuleMetric.Attempts, Limit = 1, Below = true, Recover = 1, Window = Window, MinAttempts = 0, MinDevices = MinDevices,
        Severity = AlertSeverity.Critical, Notify = [.. options.HealthReceivers.Count > 0 ? options.HealthReceivers : Default(setup.Current)],
    };

    /// <summary>Looks once, and saves what came of it.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var known = (await store.LoadOwnAsync(Wording.Of(AlertClass.IngestDown), cancellationToken)).SingleOrDefault() is { } stored ? KnownAlert.Of(stored) : null;
        var before = known?.State;
        var finding = await FindAsync(now, cancellationToken);
        if (known is null && finding.Verdict != Verdict.Breach)
            return;
        var rule = Rule;
        var step = AlertMachine.Next(rule, before ?? AlertState.New(now), finding, now);
        if (step.State != before)
            await saving.SaveAsync(
                GroupKey.AllApps, new Evaluated(new InstanceKey(SegmentKey.Fleet, AlertClass.IngestDown), rule, before, finding, step), null, known, now, null, cancellationToken);
    }

    /// <summary>Pagers wake somebody; a house without one is told where it is told everything.</summary>
    private static IEnumerable<string> Default(AlertingSetup setup) => setup.Pagers.Count > 0 ? setup.Pagers : setup.ConfiguredNames;

    private async Task<Finding> FindAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        var lately = await signs.ReadAsync(ProcessSilence, ShortWindow, Before, now, cancellationToken);
        if (lately.Arrives)
            return Of(Verdict.Good, ShortWindow, lately);
        if (lately is { HasProcess: true, Lives: false })
            return Of(Verdict.Breach, ShortWindow, lately);
        var longer = await signs.ReadAsync(ProcessSilence, Window, Before, now, cancellationToken);
        // Only an arrival says that all is well: a quiet night neither opens the alert nor ends it.
        return Of(!longer.Arrives && longer.DevicesBefore >= MinDevices ? Verdict.Breach : longer.Arrives ? Verdict.Good : Verdict.NoEvidence, Window, longer);

        Finding Of(Verdict verdict, TimeSpan window, IngestSigns seen) => new(verdict, new Measurement(new TimeWindow(now - window, now), 0, seen.DevicesBefore, 0, null));
    }
}
