namespace SyncHealth.Fleet;

/// <summary>What a fleet did: the truth that the platform's numbers are held against.</summary>
/// <param name="Devices">Devices whose app was opened.</param>
/// <param name="Elapsed">Fleet time from start to stop.</param>
/// <param name="Total">All versions together.</param>
/// <param name="ByVersion">By the app version that ran the cycle.</param>
/// <param name="Opened">Heartbeats reported when apps were opened.</param>
/// <param name="Telemetry">The telemetry's own books.</param>
public sealed record FleetSummary(
    int Devices, TimeSpan Elapsed, VersionCount Total, IReadOnlyDictionary<string, VersionCount> ByVersion, long Opened, TelemetryCount Telemetry);
