using Microsoft.Extensions.Logging;
using SyncHealth.Alerting.Evaluation;
using SyncHealth.Alerting.Messages;
using SyncHealth.Alerting.Worker.Channels;
using SyncHealth.Alerting.Worker.Channels.PagerDuty;
using SyncHealth.Alerting.Worker.Configuration;
using SyncHealth.Alerting.Worker.Evaluator;
using SyncHealth.Alerting.Worker.Outbox;
using SyncHealth.Storage.Releases;

namespace SyncHealth.Alerting.Worker.Releases;

/// <summary>Notices releases that have come into traffic, and tells PagerDuty of them as changes.</summary>
internal sealed class ReleaseWatch(
    ReleaseNotices notices, SetupInForce setup, ChannelHttp http, MessageLinks links, RetrySchedule schedule, TimeProvider clock, AlertingOptions options, ILogger<ReleaseWatch> log)
{
    /// <summary>Devices that make a release one in traffic: fewer are a tester's.</summary>
    public const int EnoughDevices = 100;

    /// <summary>A release that was in traffic for longer than this when we first looked is no news.</summary>
    private static readonly TimeSpan News = TimeSpan.FromHours(24);

    /// <summary>Looks for new releases, then sends what is due.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        PagerDutyChanges[] told = [.. setup.Current.Receivers.OfType<PagerDutyOptions>().Where(receiver => receiver.HasSecret).Select(receiver => new PagerDutyChanges(receiver, http))];
        await notices.NoteAsync(
            EnoughDevices, [.. told.Select(receiver => receiver.Receiver)], now, now - News, options.DeliveryClock.GetUtcNow(), cancellationToken);
        foreach (var receiver in told)
            while (await SendNextAsync(receiver, cancellationToken))
                continue;
    }

    private async Task<bool> SendNextAsync(PagerDutyChanges receiver, CancellationToken cancellationToken)
    {
        if (await notices.LeaseAsync(receiver.Receiver, options.DeliveryClock.GetUtcNow(), OutboxSender.Lease, cancellationToken) is not { } leased)
            return false;
        var release = new SegmentKey(new Dictionary<string, string> { ["app_version"] = leased.Version });
        var delivery = await receiver.SendAsync(leased, links.Dashboard(leased.App, null, release), cancellationToken);
        var now = options.DeliveryClock.GetUtcNow();
        var status = delivery.Status switch
        {
            DeliveryStatus.Delivered => "delivered",
            DeliveryStatus.GiveUp => "refused",
            _ => now - leased.CreatedAt > AlertEvaluator.MaxNotificationAge ? "expired" : "waiting",
        };
        await notices.RecordAsync(leased, status, delivery.Detail, now + schedule.After(leased.Attempts, delivery.RetryAfter), CancellationToken.None);
        Log.ReleaseTold(log, receiver.Receiver, leased.App, leased.Version, status, delivery.Detail);
        return true;
    }
}
