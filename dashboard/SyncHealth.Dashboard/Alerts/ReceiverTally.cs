namespace SyncHealth.Dashboard.Alerts;

/// <summary>How telling one receiver went.</summary>
/// <param name="Lost">Refused or expired: it was never told.</param>
public sealed record ReceiverTally(string Receiver, int Delivered, int Waiting, int Lost);
