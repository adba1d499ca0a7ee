namespace SyncHealth.Storage.Alerts;

/// <summary>The alert instances that were written since some moment.</summary>
/// <param name="Alerts">As they are now.</param>
/// <param name="UpTo">What to ask from the next time; opaque.</param>
public sealed record ChangedAlerts(IReadOnlyList<StoredAlert> Alerts, string UpTo)
{
    /// <summary>Asks for all there are.</summary>
    public const string Beginning = "0";
}
