using System.Text;
using SyncHealth.Storage.Alerts;
using SyncHealth.Storage.Vitals;

namespace SyncHealth.Ingest.Health;

/// <summary>How alerting is doing, on the Prometheus page: read from the database, so that it is told also when the evaluator is gone. Every process says the same: alert on the maximum.</summary>
internal sealed class AlertMetricsSource(AlertHealthStore health, ReceiverStore receivers, TimeProvider clock) : IMetricsSource
{
    /// <summary>Lags and ages run on the wall clock, whatever the speed of the shared one: they are about real processes and real requests.</summary>
    private static readonly TimeProvider Wall = TimeProvider.System;

    public async Task WriteAsync(StringBuilder output, CancellationToken cancellationToken)
    {
        var page = new PrometheusText(output);
        if (await health.ReadAsync(cancellationToken) is { } read)
        {
            page.Gauge("synchealth_alert_evaluation_lag_seconds", "Time since all rules were last evaluated.", SecondsSince(read.RoundAt));
            page.Counter("synchealth_alert_rounds_total", "Times that all rules were evaluated.", read.Counts.Rounds);
            page.Counter("synchealth_alert_missed_evaluations_total", "Evaluations that were due and did not happen, or failed as a whole.", read.Counts.Missed);
            page.Counter("synchealth_alert_wording_failures_total", "Parts of messages that could not be put into words and were left out.", read.Counts.WordingFailures);
            page.Counter("synchealth_alert_heartbeats_total", "Signs of life that a dead man's switch took.", read.Counts.Heartbeats);
            page.Counter("synchealth_alert_heartbeat_failures_total", "Signs of life that it did not take.", read.Counts.HeartbeatFailures);
        }

        var all = await receivers.ListAsync(clock.GetUtcNow(), cancellationToken);
        if (all.Count == 0)
            return;
        page.Gauges("synchealth_alert_outbox_age_seconds", "Age of the oldest notification that is due and not yet told.", "receiver", [.. all.Select(receiver => (receiver.Name, receiver.OldestWaitingAt is { } at ? SecondsSince(at) : 0))]);
        page.Gauges("synchealth_alert_outbox_notifications", "Notifications that wait.", "receiver", [.. all.Select(receiver => (receiver.Name, receiver.Waiting))]);
        page.Gauges("synchealth_alert_receiver_up", "Whether a receiver has its secret and is not switched off.", "receiver", [.. all.Select(receiver => (receiver.Name, receiver.HasSecret && receiver.DisabledReason is null ? 1L : 0))]);
        page.Counters("synchealth_alert_deliveries_total", "Attempts to tell a receiver, by how they ended.", ["receiver", "outcome"], [.. all.SelectMany(receiver => receiver.Outcomes.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => ((string[])[receiver.Name, pair.Key], pair.Value)))]);
    }

    private static long SecondsSince(DateTimeOffset at) => Math.Max(0, (long)(Wall.GetUtcNow() - at).TotalSeconds);
}
