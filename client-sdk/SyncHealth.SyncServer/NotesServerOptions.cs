namespace SyncHealth.SyncServer;

/// <summary>Configuration of the reference notes server, section <c>Notes</c>.</summary>
public sealed class NotesServerOptions
{
    /// <summary>Section of the configuration.</summary>
    public const string Section = "Notes";

    /// <summary>Postgres connection string; the schema <c>notes</c> is created at start. Required.</summary>
    public string ConnectionString { get; set; } = "";

    /// <summary>Connections kept at most. Default: 20: a push holds one for a millisecond or two.</summary>
    public int MaxConnections { get; set; } = 20;

    /// <summary>How long the deletion of a note is remembered. Default: 30 days. A device that was away longer fetches everything anew.</summary>
    public TimeSpan TombstoneRetention { get; set; } = TimeSpan.FromDays(30);

    /// <summary>How long the answer to a push is remembered. Default: 7 days, longer than any device keeps retrying one push.</summary>
    public TimeSpan PushRetention { get; set; } = TimeSpan.FromDays(7);

    /// <summary>Time between two rounds of forgetting. Default: 1 hour.</summary>
    public TimeSpan RetentionInterval { get; set; } = TimeSpan.FromHours(1);

    /// <summary>Where this server says which devices reached it and what it took of them: address of a SyncHealth ingest. Null (default): nowhere.</summary>
    public Uri? SyncLogEndpoint { get; set; }

    /// <summary>The ingest key for that. Give the server one of its own: the key of an app is in the hands of everybody who has the app.</summary>
    public string SyncLogKey { get; set; } = "";

    /// <summary>Name of the app whose devices sync here, as their telemetry calls it. Default: <c>notes</c>.</summary>
    public string SyncLogApp { get; set; } = "notes";

    /// <summary>Time between two parts of the log. Default: 30 seconds: what a server that is killed has not said yet.</summary>
    public TimeSpan SyncLogInterval { get; set; } = TimeSpan.FromSeconds(30);

    /// <exception cref="ArgumentException">A value is missing or wrong; the message names the configuration key.</exception>
    internal void Validate()
    {
        Require(ConnectionString.Length > 0, nameof(ConnectionString), "is required");
        Require(MaxConnections is > 0 and <= 1000, nameof(MaxConnections), "must be from 1 to 1000");
        Require(TombstoneRetention > TimeSpan.Zero, nameof(TombstoneRetention), "must be positive");
        Require(PushRetention > TimeSpan.Zero, nameof(PushRetention), "must be positive");
        Require(RetentionInterval > TimeSpan.Zero, nameof(RetentionInterval), "must be positive");
        Require(SyncLogEndpoint is null or { IsAbsoluteUri: true, Scheme: "http" or "https" }, nameof(SyncLogEndpoint), "must be an address such as http://127.0.0.1:4318");
        Require(SyncLogEndpoint is null || SyncLogKey.Length > 0, nameof(SyncLogKey), "is required where there is an endpoint");
        Require(SyncLogInterval > TimeSpan.Zero, nameof(SyncLogInterval), "must be positive");
    }

    private static void Require(bool holds, string name, string demand)
    {
        if (!holds)
            throw new ArgumentException($"{Section}:{name} {demand}.");
    }
}
