namespace SyncHealth.Fleet;

/// <summary>What a source of randomness is for.</summary>
internal enum SeedPurpose
{
    Profile = 1,
    Timeline = 2,
    Script = 3,
    Transport = 4,
    TelemetryTransport = 5,
    Engine = 6,
    Telemetry = 7,
    Entrance = 8,
    Return = 9,
    Fate = 10,
}
