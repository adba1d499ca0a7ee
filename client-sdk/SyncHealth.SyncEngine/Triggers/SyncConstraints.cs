namespace SyncHealth.SyncEngine.Triggers;

/// <summary>
/// What has to hold before work starts that nobody waits for. The names are those of Android's WorkManager (<c>Constraints.Builder</c>). Who asks for a
/// sync, opens the app or edits something is never held up by them.
/// </summary>
public sealed record SyncConstraints
{
    /// <summary>Nothing but a network.</summary>
    public static readonly SyncConstraints None = new();

    /// <summary>For scheduled syncs: a network that costs nothing, and the charger.</summary>
    public static readonly SyncConstraints Sparing = new() { RequiresUnmetered = true, RequiresCharging = true };

    /// <summary>For bulk: a network that costs nothing.</summary>
    public static readonly SyncConstraints Unmetered = new() { RequiresUnmetered = true };

    /// <summary>Wait while the user pays by volume.</summary>
    public bool RequiresUnmetered { get; init; }

    /// <summary>Wait for the charger.</summary>
    public bool RequiresCharging { get; init; }

    /// <summary>Wait while the battery is low.</summary>
    public bool RequiresBatteryNotLow { get; init; }

    /// <summary>The first of <see cref="Deferrals"/> that holds the work up; null when nothing does. What a device does not know holds nothing up.</summary>
    public string? Unmet(NetworkState network, PowerState power)
    {
        if (!network.IsConnected)
            return Deferrals.NoNetwork;
        if (RequiresUnmetered && network.IsMetered == true)
            return Deferrals.Metered;
        if (RequiresCharging && power.IsCharging == false)
            return Deferrals.NotCharging;
        return RequiresBatteryNotLow && power.IsBatteryLow == true ? Deferrals.BatteryLow : null;
    }
}
