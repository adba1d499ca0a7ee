using Microsoft.Extensions.Logging;
using SyncHealth.Alerting.Worker.Channels;
using SyncHealth.Alerting.Worker.Configuration;
using SyncHealth.Storage.Alerts;

namespace SyncHealth.Alerting.Worker.Outbox;

/// <summary>A sender for each receiver in force that has its secret. When receivers are replaced, a vendor's wish for quiet outlives its sender.</summary>
internal sealed class Senders(
    SetupInForce setup, ChannelHttp http, AlertOutbox outbox, RetrySchedule schedule, TimeProvider clock, AlertingOptions options, ILogger<OutboxSender> log)
{
    private readonly Lock _lock = new();
    private AlertingSetup? _madeFor;
    private OutboxSender[] _all = [];

    /// <summary>The senders of what is in force now.</summary>
    public IReadOnlyList<OutboxSender> All
    {
        get
        {
            lock (_lock)
            {
                var current = setup.Current;
                if (!ReferenceEquals(current, _madeFor))
                    _all = [.. current.Receivers.Where(receiver => receiver.HasSecret).Select(Create)];
                _madeFor = current;
                return _all;
            }
        }
    }

    private OutboxSender Create(ChannelOptions receiver) => new(receiver, http, outbox, schedule, clock, options, log)
    {
        QuietUntil = _all.FirstOrDefault(sender => sender.Receiver == receiver.Name)?.QuietUntil ?? DateTimeOffset.MinValue,
    };
}
