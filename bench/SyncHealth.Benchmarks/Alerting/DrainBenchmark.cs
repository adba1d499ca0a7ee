using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using SyncHealth.Alerting.Messages;
using SyncHealth.Alerting.Receivers;
using SyncHealth.Alerting.Routing;
using SyncHealth.Alerting.Worker;
using SyncHealth.Alerting.Worker.Outbox;
using SyncHealth.Storage.Alerts;

namespace SyncHealth.Benchmarks.Alerting;

/// <summary>
/// A backlog of 10,000 notifications, told to a PagerDuty that takes 120 a minute: real outbox, real HTTP, and a clock of the vendor's limit that goes on when
/// nothing may be sent. The baseline is the limit itself.
/// </summary>
internal sealed class DrainBenchmark(BenchmarkDatabase database, TextWriter output, BenchmarkReport report)
{
    private const int Backlog = 10_000;

    /// <summary>Transactions in flight while the backlog is written: they share the disk's flushes.</summary>
    private const int Writers = 8;

    /// <summary>Share of the permitted rate that must be reached: the waits after a 429 have jitter.</summary>
    private const double Floor = 0.9;

    private static readonly TimeSpan Step = TimeSpan.FromSeconds(1);

    private readonly SteppedClock _wall = new(TimeProvider.System.GetUtcNow());

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await using var fakes = await AlertingFakes.StartAsync(_wall, cancellationToken);
        await using var worker = AlertingProcess.Create(database, _wall, ManyRules.Yaml(1), fakes);
        await worker.GetRequiredService<ReceiverPublication>().PublishAsync(cancellationToken);
        var store = worker.GetRequiredService<AlertStore>();
        await Parallel.ForEachAsync(
            Enumerable.Range(0, Backlog), new ParallelOptions { MaxDegreeOfParallelism = Writers, CancellationToken = cancellationToken },
            async (number, token) => await store.SaveAsync(Alert(number), token));

        var (begun, start, sent) = (_wall.GetUtcNow(), TimeProvider.System.GetTimestamp(), 0);
        var sender = worker.GetRequiredService<Senders>().All.Single();
        for (var left = Backlog; left > 0; left = Backlog - await CountAsync("delivered", cancellationToken))
        {
            while (await sender.SendNextAsync(cancellationToken))
                sent++;
            _wall.Advance(Step);
        }

        var (virtualTime, real) = (_wall.GetUtcNow() - begun, TimeProvider.System.GetElapsedTime(start));
        var permitted = TimeSpan.FromMinutes((double)Backlog / new ReceiverOptions().PagerDutyPerMinute);
        await output.WriteLineAsync(string.Create(
            CultureInfo.InvariantCulture, $"  {Backlog:N0} notifications to a PagerDuty with its own limit: {virtualTime.TotalMinutes:N1} min of its time, {real.TotalSeconds:N0} s of ours, {sent - Backlog:N0} times told to wait"));
        await report.RatioAsync("share of the permitted rate", [permitted / virtualTime], Floor, 1);
        await report.CostAsync("notifications lost", Backlog - await CountAsync("delivered", cancellationToken), "N0", 0, 0);
        await report.FigureAsync("notifications a second of our work", Backlog / real.TotalSeconds, "N0", "");
    }

    private AlertSave Alert(int number)
    {
        var now = _wall.GetUtcNow();
        var message = new AlertMessage
        {
            Kind = NoticeKind.Trigger, IncidentKey = string.Create(CultureInfo.InvariantCulture, $"incident-{number}"), Rule = "rule-0", App = "notes", Environment = "production",
            Severity = "critical", Title = "success", Unit = "percent", Value = 91.2, Limit = 95, IsBadBelow = true, Attempts = 1000, Devices = 212, Clock = "arrival",
            Since = now, At = now, Reason = "breach",
        };
        return new AlertSave
        {
            Rule = "backlog", App = "notes", Segment = new Dictionary<string, string> { ["network"] = string.Create(CultureInfo.InvariantCulture, $"network-{number}") },
            Version = 0, StateJson = "{}", Severity = "critical", Status = "firing", Since = now, Episode = 1, Sequence = 1, Threshold = 95, Unit = "percent", EvaluatedAt = now,
            Transition = new TransitionSave("inactive", "breach", "{}"),
            Notices = new NoticeSave(1, "trigger", AlertJson.Write(message), ["pagerduty"], now, now),
        };
    }

    private async Task<int> CountAsync(string status, CancellationToken cancellationToken)
    {
        await using var command = database.DataSource.CreateCommand(BenchmarkSql.Beside<DrainBenchmark>("CountNotifications"));
        command.Parameters.AddWithValue("status", status);
        return (int)(long)(await command.ExecuteScalarAsync(cancellationToken))!;
    }
}
