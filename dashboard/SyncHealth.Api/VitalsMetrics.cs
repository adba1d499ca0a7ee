using System.Text;
using SyncHealth.Storage.Vitals;

namespace SyncHealth.Api;

/// <summary>The vital signs of every app as Prometheus gauges: production, the last 15 minutes by arrival, as the shipped rules see them.</summary>
internal sealed class VitalsMetrics(IVitalsReader vitals, IAppReader apps, TimeProvider clock) : IMetricsSource
{
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(15);

    private static readonly IReadOnlyList<MetricFamily> Families =
    [
        new("synchealth_sync_attempts", "Sync attempts that arrived in the last 15 minutes.", point => [("", point.Attempts)]),
        new("synchealth_sync_devices", "Distinct devices behind these attempts.", point => [("", point.Devices)]),
        new("synchealth_sync_success_ratio", "Successful share of these attempts, 0 to 1.", point => [("", point.SuccessRate / 100)]),
        new("synchealth_sync_first_try_ratio", "Share of these attempts that succeeded without a retry, 0 to 1.", point => [("", point.FirstTryRate / 100)]),
        new("synchealth_sync_duration_seconds", "Duration of these attempts at a share q of them, nearest rank.", point => ByShare(point.DurationMs, 1000)),
        new("synchealth_sync_conflicts_per_attempt", "Conflicts per attempt.", point => [("", point.ConflictRate / 100)]),
        new("synchealth_sync_conflicted_ratio", "Share of these attempts that met a conflict, 0 to 1.", point => [("", point.ConflictedShare / 100)]),
        new("synchealth_fleet_devices", "Devices seen in the last 7 days.", point => [("", point.QueueDepth?.Devices)]),
        new("synchealth_queue_depth_mean_items", "Items waiting for upload, mean over these devices.", point => [("", point.QueueDepth?.Mean)]),
        new("synchealth_queue_depth_p99_items", "Items waiting for upload, 99th percentile over these devices.", point => [("", point.QueueDepth?.P99)]),
        new("synchealth_queue_deep_devices", "Devices with more than 1000 items waiting for upload.", point => [("", point.QueueDepth?.DevicesOver)]),
        new("synchealth_queue_oldest_pending_seconds", "Age of the oldest write that waits on any of these devices.", point => [("", point.QueueDepth?.OldestPendingSeconds)]),
        new("synchealth_staleness_seconds", "Time since the last successful sync at a share q of these devices, nearest rank.", point => ByShare(point.StalenessSeconds)),
    ];

    /// <inheritdoc/>
    public async Task WriteAsync(StringBuilder output, CancellationToken cancellationToken)
    {
        var points = new List<(string App, VitalsPoint Point)>();
        foreach (var app in await apps.ListAsync(cancellationToken))
            if (await ReadAsync(app.Name, cancellationToken) is { } point)
                points.Add((app.Name, point));
        foreach (var family in Families)
            family.Write(output, points);
    }

    private async Task<VitalsPoint?> ReadAsync(string app, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var answer = await vitals.ReadAsync(
            new VitalsQuery
            {
                App = app,
                From = now - Window,
                To = now,
                Now = now,
                Clock = VitalsClock.Arrival,
                Filters = [new DimensionFilter("environment", "production")],
                Parts = VitalsParts.Devices | VitalsParts.Fleet,
            },
            cancellationToken);
        return answer?.Groups.SingleOrDefault()?.Points.SingleOrDefault();
    }

    private static IEnumerable<(string Labels, double? Value)> ByShare(DurationPercentiles? duration, double unit) =>
        Shares(duration?.P50 / unit, duration?.P90 / unit, duration?.P99 / unit);

    private static IEnumerable<(string Labels, double? Value)> ByShare(Staleness? staleness) =>
        Shares(staleness?.P50, staleness?.P90, staleness?.P99);

    private static IEnumerable<(string Labels, double? Value)> Shares(double? p50, double? p90, double? p99) =>
        [(",q=\"0.5\"", p50), (",q=\"0.9\"", p90), (",q=\"0.99\"", p99)];
}
