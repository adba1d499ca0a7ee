using System.Text.Json;
using Microsoft.Extensions.Logging;
using SyncHealth.Alerting.Messages;
using SyncHealth.Alerting.Worker.Channels;
using SyncHealth.Storage.Alerts;

namespace SyncHealth.Alerting.Worker.Outbox;

/// <summary>Delivers the notifications of one receiver, one after the other, so that a receiver that is down holds up no other.</summary>
internal sealed class OutboxSender(
    ChannelOptions receiver, ChannelHttp http, AlertOutbox outbox, RetrySchedule schedule, TimeProvider clock, AlertingOptions options, ILogger<OutboxSender> log)
{
    /// <summary>How long a sender may take: Jira's six requests at their longest, and one to spare. After it, another sender takes over.</summary>
    public static readonly TimeSpan Lease = ChannelHttp.Timeout * 7;

    /// <summary>How long a request under way may go on when the process stops, on the wall clock: an answer saves asking again.</summary>
    private static readonly TimeSpan StopGrace = TimeSpan.FromSeconds(5);

    /// <summary>Longest detail stored, in characters.</summary>
    private const int MaxDetail = 500;

    /// <summary>Name of the receiver.</summary>
    public string Receiver => receiver.Name;

    /// <summary>Until when the vendor asked for quiet.</summary>
    public DateTimeOffset QuietUntil { get; set; } = DateTimeOffset.MinValue;

    /// <summary>Delivers the next notification that is due; false when there was none, or while the vendor asked for quiet.</summary>
    public async Task<bool> SendNextAsync(CancellationToken cancellationToken)
    {
        if (options.DeliveryClock.GetUtcNow() < QuietUntil)
            return false;
        var leased = await outbox.LeaseAsync(receiver.Name, clock.GetUtcNow(), options.DeliveryClock.GetUtcNow(), Lease, cancellationToken);
        if (leased is null)
            return false;

        // A process that was frozen since it took the lease no longer holds it: somebody else may be sending.
        if (options.DeliveryClock.GetUtcNow() >= leased.LeasedUntil)
        {
            Log.LeaseLost(log, receiver.Name, leased.Kind);
            return true;
        }

        var begun = options.DeliveryClock.GetTimestamp();
        var (delivery, said) = await DeliverAsync(leased, cancellationToken);
        var outcome = OutcomeOf(leased, delivery) with { Took = options.DeliveryClock.GetElapsedTime(begun), Said = PlainText.Line(said, MaxDetail) };
        // "Too many requests" is said to the receiver, not to one notification: the others wait too.
        if (delivery.IsLimited)
            QuietUntil = outcome.NextAttemptAt;
        // A stopping process still says what became of the request: the next one must not ask twice.
        var recorded = await outbox.RecordAsync(leased, outcome, CancellationToken.None);
        if (!recorded.IsRecorded)
            Log.LeaseLost(log, receiver.Name, leased.Kind);
        else if (recorded.PassedOnTo is { } fallback)
            Log.NotificationPassedOn(log, receiver.Name, leased.Kind, outcome.Detail, fallback);
        else
            Log.NotificationTried(log, receiver.Name, leased.Kind, outcome.Status, outcome.Detail);
        return true;
    }

    /// <summary>What came of it, and in which words it was told.</summary>
    private async Task<(Delivery Delivery, string Said)> DeliverAsync(LeasedNotification leased, CancellationToken cancellationToken)
    {
        if (leased.DisabledReason is { } reason)
            return (Delivery.GiveUp($"the receiver is switched off since it said: {reason}"), "");
        AlertMessage message;
        try
        {
            message = AlertJson.Read<AlertMessage>(leased.MessageJson);
        }
        catch (JsonException unreadable)
        {
            return (Delivery.GiveUp($"the stored message cannot be read: {unreadable.Message}"), "");
        }

        using var grace = new CancellationTokenSource();
        await using var stopping = cancellationToken.Register(() => grace.CancelAfter(StopGrace));
        var channel = receiver.Create(http.HeldUntil(leased.LeasedUntil));
        var delivery = await channel.SendAsync(new Notification(message with { InsteadOf = leased.FallbackFor }, leased.Reference) { EarlierReference = leased.EarlierReference }, grace.Token);
        return (delivery, Headline.Of(message));
    }

    private NotificationOutcome OutcomeOf(LeasedNotification leased, Delivery delivery)
    {
        var now = options.DeliveryClock.GetUtcNow();
        var status = delivery.Status switch
        {
            DeliveryStatus.Delivered => "delivered",
            DeliveryStatus.GiveUp => "refused",
            _ => "waiting",
        };
        return new NotificationOutcome(
            status,
            delivery.Status != DeliveryStatus.Delivered && (leased.MayHaveArrived || delivery.MayHaveArrived),
            PlainText.Line(delivery.Detail, MaxDetail),
            now,
            now + schedule.After(leased.Attempts, delivery.RetryAfter),
            delivery.Reference)
        {
            Disables = delivery.Disables,
        };
    }
}
