namespace SyncHealth.Alerting.Receivers;

/// <summary>A request that a fake refused, as the vendor would have.</summary>
/// <param name="Reason">What the vendor's rules say against it.</param>
public sealed record Rejection(DateTimeOffset At, string Vendor, int Status, string Reason);
