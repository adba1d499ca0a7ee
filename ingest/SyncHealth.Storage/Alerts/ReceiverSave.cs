namespace SyncHealth.Storage.Alerts;

/// <summary>A receiver as the sending process runs it; without secrets.</summary>
/// <param name="Target">Host it leads to.</param>
/// <param name="HasSecret">False: its file or variable is empty, and it is told nothing.</param>
/// <param name="Fallback">Hears what this one refuses for good.</param>
public sealed record ReceiverSave(string Name, string Type, string Target, bool HasSecret, string? Fallback);
