using System.Globalization;
using Microsoft.Extensions.Configuration;

namespace SyncHealth.Client.Hosting;

/// <summary>Reads options from configuration, key by key: no reflection, so that trimmed apps keep it, and no key is passed over in silence.</summary>
internal static class OptionsReader
{
    internal const string Section = "SyncHealth";

    private const string Tags = nameof(SyncTelemetryOptions.Tags);

    private static readonly Dictionary<string, Action<SyncTelemetryOptions, string>> Setters = new(StringComparer.OrdinalIgnoreCase)
    {
        [nameof(SyncTelemetryOptions.Endpoint)] = (o, v) => o.Endpoint = new Uri(v, UriKind.Absolute),
        [nameof(SyncTelemetryOptions.Protocol)] = (o, v) => o.Protocol = Enum.Parse<SyncProtocol>(v, ignoreCase: true),
        [nameof(SyncTelemetryOptions.Key)] = (o, v) => o.Key = v,
        [nameof(SyncTelemetryOptions.App)] = (o, v) => o.App = v,
        [nameof(SyncTelemetryOptions.AppVersion)] = (o, v) => o.AppVersion = v,
        [nameof(SyncTelemetryOptions.Os)] = (o, v) => o.Os = v,
        [nameof(SyncTelemetryOptions.OsVersion)] = (o, v) => o.OsVersion = v,
        [nameof(SyncTelemetryOptions.Environment)] = (o, v) => o.Environment = v,
        [nameof(SyncTelemetryOptions.DeviceId)] = (o, v) => o.DeviceId = v,
        [nameof(SyncTelemetryOptions.DeviceModel)] = (o, v) => o.DeviceModel = v,
        [nameof(SyncTelemetryOptions.UserRef)] = (o, v) => o.UserRef = v,
        [nameof(SyncTelemetryOptions.QueueDirectory)] = (o, v) => o.QueueDirectory = v,
        [nameof(SyncTelemetryOptions.QueueInMemory)] = (o, v) => o.QueueInMemory = bool.Parse(v),
        [nameof(SyncTelemetryOptions.MaxQueueBytes)] = (o, v) => o.MaxQueueBytes = long.Parse(v, CultureInfo.InvariantCulture),
        [nameof(SyncTelemetryOptions.MaxQueueAge)] = (o, v) => o.MaxQueueAge = TimeSpan.Parse(v, CultureInfo.InvariantCulture),
        [nameof(SyncTelemetryOptions.BatchSize)] = (o, v) => o.BatchSize = int.Parse(v, CultureInfo.InvariantCulture),
        [nameof(SyncTelemetryOptions.BatchInterval)] = (o, v) => o.BatchInterval = TimeSpan.Parse(v, CultureInfo.InvariantCulture),
        [nameof(SyncTelemetryOptions.ReplayInterval)] = (o, v) => o.ReplayInterval = TimeSpan.Parse(v, CultureInfo.InvariantCulture),
        [nameof(SyncTelemetryOptions.SparingInterval)] = (o, v) => o.SparingInterval = TimeSpan.Parse(v, CultureInfo.InvariantCulture),
        [nameof(SyncTelemetryOptions.RequestTimeout)] = (o, v) => o.RequestTimeout = TimeSpan.Parse(v, CultureInfo.InvariantCulture),
        [nameof(SyncTelemetryOptions.ShutdownTimeout)] = (o, v) => o.ShutdownTimeout = TimeSpan.Parse(v, CultureInfo.InvariantCulture),
        [nameof(SyncTelemetryOptions.RandomSeed)] = (o, v) => o.RandomSeed = int.Parse(v, CultureInfo.InvariantCulture),
    };

    /// <exception cref="ArgumentException">A key is unknown or its value cannot be read; the message begins with the key.</exception>
    internal static void Read(IConfigurationSection section, SyncTelemetryOptions options)
    {
        foreach (var entry in section.GetChildren())
        {
            if (entry.Key.Equals(Tags, StringComparison.OrdinalIgnoreCase))
                ReadTags(entry, options);
            else if (!Setters.TryGetValue(entry.Key, out var set))
                throw new ArgumentException($"{entry.Path} is not a setting. There are {string.Join(", ", Setters.Keys)} and {Tags}.", nameof(section));
            else if (entry.Value is { Length: > 0 } value)
                Set(entry.Path, value, options, set);
        }
    }

    private static void ReadTags(IConfigurationSection tags, SyncTelemetryOptions options)
    {
        foreach (var tag in tags.GetChildren())
            options.Tags[tag.Key] = tag.Value ?? "";
    }

    private static void Set(string path, string value, SyncTelemetryOptions options, Action<SyncTelemetryOptions, string> set)
    {
        try
        {
            set(options, value);
        }
        catch (Exception exception) when (exception is FormatException or OverflowException or ArgumentException)
        {
            throw new ArgumentException($"{path} cannot be read: {exception.Message}", exception);
        }
    }
}
