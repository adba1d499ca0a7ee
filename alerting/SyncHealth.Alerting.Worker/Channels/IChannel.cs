namespace SyncHealth.Alerting.Worker.Channels;

/// <summary>Delivers notifications to one receiver. Delivering the same notification again must not open a second incident.</summary>
public interface IChannel
{
    /// <summary>Name of the receiver.</summary>
    string Receiver { get; }

    /// <summary>Tries once. Does not throw for what a vendor or a network can do.</summary>
    Task<Delivery> SendAsync(Notification notification, CancellationToken cancellationToken);
}
