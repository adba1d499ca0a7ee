namespace SyncHealth.Storage.Devices;

/// <summary>Which devices of the active window a list holds.</summary>
public enum DeviceShow
{
    All = 1,

    /// <summary>With unsynced work.</summary>
    Waiting = 2,

    /// <summary>Without a successful sync for a day.</summary>
    Stale = 3,

    /// <summary>Not heard of for more than twice their own habit: see <see cref="PresenceGroup"/>.</summary>
    Silent = 4,

    /// <summary>Not heard of for longer than their own habit, and up to twice as long.</summary>
    Late = 5,

    /// <summary>Uninstalled, most likely: silent for four times their own habit and for 7 days.</summary>
    Gone = 6,
}
