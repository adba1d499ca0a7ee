namespace SyncHealth.Dashboard.Devices;

/// <summary>Knows the devices that can be used from here: a sample's own phones. Their stories lead back to them.</summary>
public interface IDeviceHome
{
    /// <summary>Address of the page where the device is used; null for a device that is not from here.</summary>
    /// <param name="app">The app that it reports as.</param>
    /// <param name="key">Its opaque key, as addresses write it.</param>
    string? AddressOf(string app, string key);
}
