namespace SyncHealth.Alerting.Worker.Channels;

/// <summary>What came of an attempt. Failure is data: a channel does not throw for what a vendor or a network can do.</summary>
/// <param name="Detail">For people, without secrets.</param>
public sealed record Delivery(DeliveryStatus Status, string Detail)
{
    /// <summary>What the vendor calls the incident.</summary>
    public string? Reference { get; init; }

    /// <summary>How long the vendor asked to wait.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>Whether the vendor took nothing because of its rate: it would refuse the next request as well.</summary>
    public bool IsLimited { get; init; }

    /// <summary>Whether the request may have been taken although no answer says so.</summary>
    public bool MayHaveArrived { get; init; }

    /// <summary>Whether the receiver wants no message ever again: it is left alone until somebody tests it with success or the program starts anew.</summary>
    public bool Disables { get; init; }

    public static Delivery Done(string detail, string? reference = null) => new(DeliveryStatus.Delivered, detail) { Reference = reference };

    public static Delivery GiveUp(string detail) => new(DeliveryStatus.GiveUp, detail);
}
