namespace SyncHealth.Storage.Keys;

/// <summary>What an app's settings say about events on their way in.</summary>
/// <param name="App">Name of the app.</param>
/// <param name="EventsPerSecond">Shared by all keys of the app, over all processes; null leaves it to the installation.</param>
/// <param name="RawDays">Days that its raw events are kept: older ones are refused. Null leaves it to the installation.</param>
public sealed record AppLimits(string App, int? EventsPerSecond, int? RawDays)
{
    /// <summary>Larger limits limit nothing: ten machines full of ingest processes do not take as much.</summary>
    public const int MaxEventsPerSecond = 1_000_000;
}
