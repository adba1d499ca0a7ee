namespace SyncHealth.Storage;

/// <summary>Where the data live and how writing and retention behave. Validated by <see cref="Validate"/> at start.</summary>
public sealed class StorageOptions
{
    /// <summary>Npgsql connection string of the database. Required.</summary>
    public string ConnectionString { get; set; } = "";

    /// <summary>File of the secret under which device ids and user references are hashed; created (0600) when absent. All roles share it. Required.</summary>
    public string DeviceKeyFile { get; set; } = "";

    /// <summary>Transactions that may be in flight at once. Two keep two cores busy; more only wait for each other.</summary>
    public int WriterConnections { get; set; } = 2;

    /// <summary>Events after which a group takes no further request.</summary>
    public int MaxGroupEvents { get; set; } = 5_000;

    /// <summary>How long a group that is not full waits for more requests, on the real clock: it is added to every answer.</summary>
    public TimeSpan GroupDelay { get; set; } = TimeSpan.FromMilliseconds(2);

    /// <summary>Events that may wait for a commit; more are refused as overload. Bounds memory to about 30 MB.</summary>
    public int MaxQueuedEvents { get; set; } = 100_000;

    /// <summary>
    /// How long a batch may wait for its commit to begin, on the real clock: more are refused as overload once the first in line has waited so long, or once
    /// the next would by the pace of the last commits. What is taken is then taken within about a second, and the rest learns at once to come back.
    /// </summary>
    public TimeSpan MaxQueueDelay { get; set; } = TimeSpan.FromMilliseconds(500);

    /// <summary>Longest time for one group, on the real clock: a database that stops answering must not hold callers for ever.</summary>
    public TimeSpan CommitTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How long a stopping writer may spend on what it has accepted, on the real clock.</summary>
    public TimeSpan DrainTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>How long raw events are kept, by their corrected time. Equals the client's maximum queue age, so that every resend meets its twin.</summary>
    public TimeSpan RawRetention { get; set; } = TimeSpan.FromDays(30);

    /// <summary>How long minute rows are kept; older minutes live on in hours.</summary>
    public TimeSpan MinuteRetention { get; set; } = TimeSpan.FromHours(48);

    /// <summary>Pause between two folds, on the shared clock.</summary>
    public TimeSpan FoldInterval { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>Pause between two rounds of partition and retention work, on the shared clock.</summary>
    public TimeSpan MaintenanceInterval { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>Start of the hour from which minute rows stand in the table at <paramref name="now"/>: an hour more than promised, so that no reader at the edge finds one missing.</summary>
    internal DateTimeOffset MinutesFrom(DateTimeOffset now)
    {
        var from = now - MinuteRetention - TimeSpan.FromHours(1);
        return from.AddTicks(-(from.UtcTicks % TimeSpan.TicksPerHour));
    }

    /// <summary>Checks every value.</summary>
    /// <exception cref="ArgumentException">A value is missing or out of range; the message names the key to set.</exception>
    public void Validate()
    {
        Require(ConnectionString.Length > 0, nameof(ConnectionString), "must be a Postgres connection string");
        Require(DeviceKeyFile.Length > 0, nameof(DeviceKeyFile), "must be the path of the device key secret");
        Require(WriterConnections is >= 1 and <= 64, nameof(WriterConnections), "must be between 1 and 64");
        Require(MaxGroupEvents is >= 1 and <= 100_000, nameof(MaxGroupEvents), "must be between 1 and 100000");
        Require(GroupDelay >= TimeSpan.Zero && GroupDelay <= TimeSpan.FromMilliseconds(50), nameof(GroupDelay), "must be between 0 and 50 ms");
        Require(MaxQueuedEvents >= MaxGroupEvents, nameof(MaxQueuedEvents), "must be at least MaxGroupEvents");
        Require(MaxQueueDelay > TimeSpan.Zero, nameof(MaxQueueDelay), "must be positive");
        Require(CommitTimeout > TimeSpan.Zero, nameof(CommitTimeout), "must be positive");
        Require(DrainTimeout > TimeSpan.Zero, nameof(DrainTimeout), "must be positive");
        Require(RawRetention >= TimeSpan.FromDays(30), nameof(RawRetention), "must be at least 30 days: readers and resends count on them");
        Require(MinuteRetention >= TimeSpan.FromHours(48), nameof(MinuteRetention), "must be at least 48 hours: readers count on them");
        Require(FoldInterval > TimeSpan.Zero, nameof(FoldInterval), "must be positive");
        Require(MaintenanceInterval > TimeSpan.Zero, nameof(MaintenanceInterval), "must be positive");
    }

    private static void Require(bool holds, string name, string rule)
    {
        if (!holds)
            throw new ArgumentException($"Storage:{name} {rule} (environment SYNCHEALTH__Storage__{name}).");
    }
}
