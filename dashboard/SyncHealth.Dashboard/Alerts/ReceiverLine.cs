using SyncHealth.Dashboard.Health;
using SyncHealth.Storage.Alerts;

namespace SyncHealth.Dashboard.Alerts;

/// <summary>A receiver and whether it can be told anything.</summary>
/// <param name="State">In a word or two.</param>
/// <param name="Why">Why it cannot; empty when it can.</param>
public sealed record ReceiverLine(ReceiverSummary Receiver, Band Band, string State, string Why);
