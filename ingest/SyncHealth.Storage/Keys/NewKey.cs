namespace SyncHealth.Storage.Keys;

/// <summary>What a new ingest key may do.</summary>
/// <param name="AppName">The app it writes for; null accepts any.</param>
/// <param name="Label">What a person calls it.</param>
public sealed record NewKey(string? AppName, string Label)
{
    /// <summary>Origins that CORS preflights are answered for.</summary>
    public IReadOnlyList<string> AllowedOrigins { get; init; } = [];

    /// <summary>Events a second over all processes; null leaves it to the installation.</summary>
    public int? EventsPerSecond { get; init; }
}
