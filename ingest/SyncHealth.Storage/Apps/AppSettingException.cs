namespace SyncHealth.Storage.Apps;

/// <summary>A setting that would take from readers what they need.</summary>
public sealed class AppSettingException(string parameter, string reason) : Exception($"{parameter} cannot be set so: {reason}.")
{
    /// <summary>The setting, as the wire writes it.</summary>
    public string Parameter { get; } = parameter;
}
