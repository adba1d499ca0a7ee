namespace SyncHealth.Client;

/// <summary>What the telemetry is doing.</summary>
public enum SyncTelemetryState
{
    /// <summary>The queue is being opened.</summary>
    Starting = 0,

    /// <summary>Events are stored and sent.</summary>
    Running = 1,

    /// <summary>Events are stored; the server could not be reached or asked for patience, and is tried again later.</summary>
    Waiting = 2,

    /// <summary>Events are stored; the server refused the key or the address, and is asked again every hour.</summary>
    Refused = 3,

    /// <summary>The queue cannot be written; events wait in memory as far as they fit.</summary>
    StorageUnavailable = 4,

    /// <summary>Disposed: nothing is recorded any more.</summary>
    Disposed = 5,
}
