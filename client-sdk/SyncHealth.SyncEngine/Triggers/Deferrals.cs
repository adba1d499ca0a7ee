namespace SyncHealth.SyncEngine.Triggers;

/// <summary>Why a sync that was due was put off.</summary>
public static class Deferrals
{
    /// <summary>The device has no network; it syncs when that returns.</summary>
    public const string NoNetwork = "no_network";
}
