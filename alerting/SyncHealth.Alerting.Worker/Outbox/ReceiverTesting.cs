using SyncHealth.Alerting.Evaluation;
using SyncHealth.Alerting.Messages;
using SyncHealth.Alerting.States;
using SyncHealth.Alerting.Worker.Channels;
using SyncHealth.Alerting.Worker.Configuration;
using SyncHealth.Storage.Alerts;

namespace SyncHealth.Alerting.Worker.Outbox;

/// <summary>Sends the tests that somebody asked for: the beginning and the end of an incident that never was, in the words that a real one would have.</summary>
internal sealed class ReceiverTesting(
    SetupInForce setup, ReceiverTestStore tests, ReceiverStore receivers, MessageComposer composer, ChannelHttp http, TimeProvider clock, AlertingOptions options)
{
    /// <summary>The app that the message speaks of.</summary>
    private const string App = "test";

    private const int Attempts = 1000;
    private const int Devices = 200;

    /// <summary>Longest detail stored, in characters.</summary>
    private const int MaxDetail = 500;

    /// <summary>Sends the next test; false when nobody waits for one.</summary>
    public async Task<bool> RunNextAsync(CancellationToken cancellationToken)
    {
        if (await tests.TakeAsync(options.DeliveryClock.GetUtcNow(), cancellationToken) is not { } test)
            return false;
        var (isDelivered, detail) = await SendAsync(test.Receiver, cancellationToken);
        if (isDelivered)
            await receivers.EnableAsync(test.Receiver, cancellationToken);
        await tests.FinishAsync(test.Id, isDelivered, PlainText.Line(detail, MaxDetail), CancellationToken.None);
        return true;
    }

    private async Task<(bool IsDelivered, string Detail)> SendAsync(string name, CancellationToken cancellationToken)
    {
        if (setup.Current.Receivers.FirstOrDefault(receiver => receiver.Name == name) is not { } receiver)
            return (false, "no receiver of this name is configured");
        if (!receiver.HasSecret)
            return (false, "it has no secret: the file or variable it names is empty");
        var channel = receiver.Create(http);
        var (begin, end) = Messages(name);
        var begun = await channel.SendAsync(new Notification(begin, null), cancellationToken);
        if (begun.Status != DeliveryStatus.Delivered)
            return (false, begun.Detail);
        var ended = await channel.SendAsync(new Notification(end, begun.Reference), cancellationToken);
        return ended.Status == DeliveryStatus.Delivered ? (true, begun.Detail) : (false, $"the beginning was taken ({begun.Detail}), the end was not: {ended.Detail}");
    }

    /// <summary>A breach of the first rule that the receiver would hear of, and its end a moment later.</summary>
    private (AlertMessage Begin, AlertMessage End) Messages(string receiver)
    {
        var now = clock.GetUtcNow();
        var rule = setup.Current.Rules.FirstOrDefault(candidate => candidate.Notify.Contains(receiver)) ?? setup.Current.Rules[0];
        var tested = rule with { Annotations = new Dictionary<string, string>(rule.Annotations) { ["test"] = "Sent by Send test. No sync is failing." } };
        var key = new InstanceKey(SegmentKey.Fleet, AlertClass.Threshold);
        var window = new TimeWindow(now - rule.Window, now);
        var firing = AlertMachine.Next(tested with { For = TimeSpan.Zero }, AlertState.New(now), Of(Verdict.Breach, rule.IsBadBelow ? rule.Limit * 0.9 : rule.Limit * 1.1), now);
        var over = AlertMachine.Next(tested with { KeepFiringFor = TimeSpan.Zero }, firing.State, Of(Verdict.Good, rule.Recover), now.AddSeconds(1));
        return (composer.Compose(tested, App, key, firing.State, firing.Transition!), composer.Compose(tested, App, key, over.State, over.Transition!));

        Finding Of(Verdict verdict, double value) => new(verdict, new Measurement(window, Attempts, Devices, verdict == Verdict.Breach ? Attempts / 5 : 0, value));
    }
}
