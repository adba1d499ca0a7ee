using SyncHealth.Fleet.Scenarios;

namespace SyncHealth.Fleet;

/// <summary>What fleet to run, against which installation.</summary>
public sealed class FleetOptions
{
    /// <summary>Base address of the ingest service. Required; absolute.</summary>
    public Uri? Endpoint { get; set; }

    /// <summary>Ingest key. Required.</summary>
    public string Key { get; set; } = "";

    /// <summary>Address of the notes API, for example <c>http://127.0.0.1:8080/notes</c>. Required; absolute.</summary>
    public Uri? NotesEndpoint { get; set; }

    /// <summary>Devices. Default: 200. From 1 to 10,000.</summary>
    public int Devices { get; set; } = 200;

    /// <summary>Name of the scenario. Default: <c>steady</c>; the others are those of <see cref="ScenarioCatalog.Names"/>.</summary>
    public string Scenario { get; set; } = "steady";

    /// <summary>The same seed gives the same devices, networks, users and releases at the same moments. Default: 1.</summary>
    public int Seed { get; set; } = 1;

    /// <summary>Folder of the devices' databases; created when missing, kept afterwards, so that a later run goes on with them. Required.</summary>
    public string DataFolder { get; set; } = "";

    /// <summary>How long to run, in real time. Default: until cancelled.</summary>
    public TimeSpan? Duration { get; set; }

    /// <exception cref="ArgumentException">A value is missing or wrong; the message names it.</exception>
    internal void Validate()
    {
        Require(Endpoint is { IsAbsoluteUri: true }, nameof(Endpoint), "must be an absolute address");
        Require(Key.Length > 0, nameof(Key), "is required");
        Require(NotesEndpoint is { IsAbsoluteUri: true }, nameof(NotesEndpoint), "must be an absolute address");
        Require(Devices is > 0 and <= 10_000, nameof(Devices), "must be from 1 to 10000");
        Require(ScenarioCatalog.Names.Contains(Scenario), nameof(Scenario), "must be one of: " + string.Join(", ", ScenarioCatalog.Names));
        Require(DataFolder.Length > 0, nameof(DataFolder), "is required");
        Require(Duration is null || Duration > TimeSpan.Zero, nameof(Duration), "must be positive");
    }

    private static void Require(bool holds, string name, string demand)
    {
        if (!holds)
            throw new ArgumentException($"Fleet:{name} {demand}.");
    }
}
