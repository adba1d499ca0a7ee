namespace SyncHealth.Testing.Processes;

/// <summary>How a <see cref="SyncHealthProcess"/> is started, beside its arguments.</summary>
public sealed record ProcessSettings
{
    /// <summary>Port that <c>{port}</c> stands for; null takes a free one. Restarts name the port they had.</summary>
    public int? Port { get; init; }

    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();
}
