using SyncHealth.Storage.Alerts;

namespace SyncHealth.Api.Receivers;

/// <summary>A receiver as the API shows it.</summary>
/// <param name="State"><c>ready</c>; <c>no_secret</c>: its file or variable is empty; <c>disabled</c>: it said that it wants no message ever again.</param>
/// <param name="Detail">Why it is not ready; null when it is.</param>
/// <param name="Target">Host it leads to.</param>
/// <param name="Waiting">Notifications still to be told.</param>
/// <param name="OldestWaitingAt">When the oldest of them that is due was made; wall clock.</param>
/// <param name="Outcomes">Attempts by how they ended.</param>
public sealed record ReceiverView(
    string Name, string Type, string State, string? Detail, string Target, string? Fallback, long Waiting, DateTimeOffset? OldestWaitingAt,
    IReadOnlyDictionary<string, long> Outcomes)
{
    internal static ReceiverView Of(ReceiverSummary receiver) => new(
        receiver.Name,
        receiver.Type,
        !receiver.HasSecret ? "no_secret" : receiver.DisabledReason is null ? "ready" : "disabled",
        receiver.HasSecret ? receiver.DisabledReason : "The file or variable that its secret stands in is empty.",
        receiver.Target, receiver.Fallback, receiver.Waiting, receiver.OldestWaitingAt, receiver.Outcomes);
}
