using SyncHealth.Alerting.Worker.Channels;
using SyncHealth.Alerting.Worker.Configuration;
using SyncHealth.Storage.Alerts;

namespace SyncHealth.Alerting.Worker.Outbox;

/// <summary>Makes the configured receivers known to storage, which passes on refusals, and to readers in other processes.</summary>
internal sealed class ReceiverPublication(SetupInForce setup, ReceiverStore store, AlertingOptions options)
{
    /// <summary>Stores them; always true.</summary>
    public async Task<bool> PublishAsync(CancellationToken cancellationToken)
    {
        await store.ReplaceAsync([.. setup.Current.Receivers.Select(Describe)], options.DeliveryClock.GetUtcNow(), cancellationToken);
        return true;
    }

    private static ReceiverSave Describe(ChannelOptions receiver) => new(
        receiver.Name, receiver.Type, receiver.TargetName, receiver.HasSecret, receiver.Fallback);
}
