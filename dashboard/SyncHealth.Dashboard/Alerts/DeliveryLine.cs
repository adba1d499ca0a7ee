using SyncHealth.Dashboard.Health;
using SyncHealth.Storage.Alerts;

namespace SyncHealth.Dashboard.Alerts;

/// <summary>What became of telling one receiver.</summary>
/// <param name="State">In a word or two.</param>
/// <param name="Took">From its creation to its end, in words; empty while it waits.</param>
public sealed record DeliveryLine(LoggedDelivery Delivery, Band Band, string Place, string State, string Took)
{
    /// <summary>How long until it is tried again, in words; empty when it is not, or at once.</summary>
    public string Next { get; init; } = "";
}
