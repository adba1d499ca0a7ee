namespace SyncHealth.SyncEngine.Triggers;

/// <summary>
/// Why a sync, or a part of one, was put off. Each is counted under its reason and reported with the next cycle, in <c>deferred</c> of its event.
/// Triggers that joined a running cycle stand there too, as <see cref="Joined"/> and the trigger's name.
/// </summary>
public static class Deferrals
{
    /// <summary>The device has no network; it syncs when that returns.</summary>
    public const string NoNetwork = "no_network";

    /// <summary>The user pays by volume, and the work can wait for a network that is free.</summary>
    public const string Metered = "metered";

    /// <summary>The work waits for the charger.</summary>
    public const string NotCharging = "not_charging";

    /// <summary>The battery is low.</summary>
    public const string BatteryLow = "battery_low";

    /// <summary>The app was opened, or came to the foreground, soon after a success: there was nothing to gain.</summary>
    public const string RecentlySynced = "recently_synced";

    /// <summary>The network came back soon after a success: it syncs when the shortest interval is over.</summary>
    public const string MinInterval = "min_interval";

    /// <summary>The server has failed often in a row, and is left alone for a while.</summary>
    public const string CircuitOpen = "circuit_open";

    /// <summary>An operation waits for another one that it builds upon and that the server has refused.</summary>
    public const string Dependency = "dependency";

    /// <summary>Begins the reason of a trigger that came while a cycle ran and was served by it, for example <c>joined_user</c>.</summary>
    public const string Joined = "joined_";
}
