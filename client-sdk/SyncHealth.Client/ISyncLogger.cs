namespace SyncHealth.Client;

/// <summary>Takes finished sync events: the article's hook, so that a host can stand its own logger in for the telemetry.</summary>
public interface ISyncLogger
{
    /// <summary>Records one event. Never throws, never waits for the disk or the network.</summary>
    void Log(SyncEvent syncEvent);
}
