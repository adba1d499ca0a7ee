namespace SyncHealth.Storage.Devices;

/// <summary>On whose word something is known.</summary>
public enum Witness
{
    /// <summary>The device's own reports.</summary>
    Device = 1,

    /// <summary>The log of the app's sync server, which it sends apart from what devices report.</summary>
    Server = 2,
}
