using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using SyncHealth.Alerting.Worker;
using SyncHealth.Alerting.Worker.Evaluator;
using SyncHealth.Contracts;
using SyncHealth.Storage.Writes;

namespace SyncHealth.Benchmarks.Alerting;

/// <summary>From the commit of a breach to the request at the receiver, while 500 other rules are evaluated in every round: everything as in service, on real clocks.</summary>
internal sealed class BreachBenchmark(BenchmarkDatabase database, TextWriter output, BenchmarkReport report)
{
    private const int Breaches = 3;
    private const int Devices = 200;

    /// <summary>The rule's groupWait, in seconds.</summary>
    private const int GroupWait = 10;

    private const string Rule = "  - { name: breach, metric: success_rate, below: 95, window: 5m, groupWait: 10s, notify: [pagerduty] }\n";

    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(50);

    /// <summary>After this long a breach counts as missed, and the figure shows it.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await using var fakes = await AlertingFakes.StartAsync(TimeProvider.System, cancellationToken);
        await using var worker = AlertingProcess.Create(database, TimeProvider.System, ManyRules.Yaml(RoundBenchmark.Rules) + Rule, fakes);
        var interval = worker.GetRequiredService<AlertingOptions>().Interval.TotalSeconds;
        await worker.GetRequiredService<AlertEvaluator>().RunRoundAsync(cancellationToken);                      // the segments are known, as in service
        var loops = worker.GetServices<IHostedService>().Where(service => service.GetType().Assembly == typeof(AlertingOptions).Assembly).ToArray();
        foreach (var loop in loops)
            await loop.StartAsync(cancellationToken);
        var seconds = new List<double>();
        for (var breach = 0; breach < Breaches; breach++)
            seconds.Add(await MeasureAsync(worker.GetRequiredService<IEventWriter>(), fakes, $"breach-{breach}", cancellationToken));
        foreach (var loop in loops)
            await loop.StopAsync(cancellationToken);
        await output.WriteLineAsync($"  breach to request at {RoundBenchmark.Rules} rules, interval {interval:N0} s, groupWait {GroupWait} s");
        await report.CostAsync("seconds from breach to request, the worst", seconds.Max(), "N1", (2 * interval) + GroupWait, interval + GroupWait);
        await report.FigureAsync("  each", seconds, "N1");
    }

    private static async Task<double> MeasureAsync(IEventWriter writer, AlertingFakes fakes, string app, CancellationToken cancellationToken)
    {
        var now = TimeProvider.System.GetUtcNow();
        var batch = new EventBatch { ReceivedAt = now };
        batch.Profiles.Add(new DeviceProfile("", "{}"));
        for (var device = 0; device < Devices; device++)
            batch.Events.Add(new EventRow
            {
                Segment = new SegmentKey(app, "production", "2.4.1", "android", "14", "cellular", "delta", "foreground"),
                DeviceKey = device, HasDevice = true, IdHash = device, DeviceAt = now, EventAt = now,
                Type = SyncType.Delta, Outcome = device % 2 == 0 ? SyncOutcome.Failure : SyncOutcome.Success, DurationMs = 800,
            });
        if (await writer.WriteAsync(batch, cancellationToken) is { Status: not WriteStatus.Committed } receipt)
            throw new InvalidOperationException($"The writer answered {receipt}.");
        var start = TimeProvider.System.GetTimestamp();
        while (fakes.State.PagerDuty.Incidents.All(incident => incident.Source != app) && TimeProvider.System.GetElapsedTime(start) < Patience)
            await Task.Delay(Poll, TimeProvider.System, cancellationToken);
        return TimeProvider.System.GetElapsedTime(start).TotalSeconds;
    }
}
