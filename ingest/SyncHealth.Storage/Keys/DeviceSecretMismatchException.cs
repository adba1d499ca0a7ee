namespace SyncHealth.Storage.Keys;

/// <summary>The database was filled under another device key secret: going on would count every known device twice.</summary>
public sealed class DeviceSecretMismatchException(string message) : Exception(message);
