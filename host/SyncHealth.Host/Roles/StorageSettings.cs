using SyncHealth.Host.Configuration;
using SyncHealth.Storage;

namespace SyncHealth.Host.Roles;

/// <summary>Reads the storage section of the settings.</summary>
internal static class StorageSettings
{
    private const string DeviceKeyName = "device.key";

    public static StorageOptions Read(Settings settings, string connectionString, string secretsFolder) => new()
    {
        ConnectionString = connectionString,
        DeviceKeyFile = settings.Text("Storage:DeviceKeyFile") ?? Path.Combine(secretsFolder, DeviceKeyName),
        WriterConnections = settings.Number("Storage:WriterConnections", 2, 1, 64),
        RawRetention = settings.Span("Storage:RawRetention", TimeSpan.FromDays(30), TimeSpan.FromDays(1), TimeSpan.FromDays(400)),
        MinuteRetention = settings.Span("Storage:MinuteRetention", TimeSpan.FromHours(48), TimeSpan.FromHours(2), TimeSpan.FromDays(30)),
    };
}
