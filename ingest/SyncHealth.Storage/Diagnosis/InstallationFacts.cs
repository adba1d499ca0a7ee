namespace SyncHealth.Storage.Diagnosis;

/// <summary>What the database says about itself and the work on it, in one row.</summary>
public sealed record InstallationFacts
{
    /// <summary>Version of the server, such as 18.4.</summary>
    public required string ServerVersion { get; init; }

    /// <summary>Settings that durability and upkeep rest on: on or off.</summary>
    public required string Fsync { get; init; }

    /// <summary><c>full_page_writes</c>.</summary>
    public required string FullPageWrites { get; init; }

    /// <summary><c>synchronous_commit</c> of our own sessions, which ask for it whatever the server's default is.</summary>
    public required string SynchronousCommit { get; init; }

    /// <summary><c>autovacuum</c>.</summary>
    public required string Autovacuum { get; init; }

    /// <summary>The database's own clock.</summary>
    public DateTime DatabaseNow { get; init; }

    /// <summary>Bytes of the whole database.</summary>
    public long DatabaseBytes { get; init; }

    /// <summary>Increments of counts that wait for the fold; counted up to a million.</summary>
    public long UnfoldedCounts { get; init; }

    /// <summary>Increments of devices that wait for the fold; counted up to a million.</summary>
    public long UnfoldedDevices { get; init; }

    /// <summary>Arrival, on the shared clock, of the oldest increment; null when none waits.</summary>
    public DateTime? OldestUnfoldedAt { get; init; }

    /// <summary>Age of the oldest transaction that holds a snapshot or has written; null when there is none.</summary>
    public double? OldestTransactionSeconds { get; init; }

    /// <summary>Its process number in Postgres.</summary>
    public int? OldestTransactionProcess { get; init; }

    /// <summary>The last day (UTC) that has a partition; null when none has.</summary>
    public DateTime? LastPartition { get; init; }

    /// <summary>Partitions by day.</summary>
    public long Partitions { get; init; }

    /// <summary>Rows of the default partition; counted up to a million.</summary>
    public long DefaultRows { get; init; }

    /// <summary>Fingerprint of the device key secret that this database was filled under; null when it is unclaimed.</summary>
    public string? DeviceKeyFingerprint { get; init; }

    /// <summary>Ingest keys that may write.</summary>
    public long LiveKeys { get; init; }

    /// <summary>Ingest keys that are paused.</summary>
    public long PausedKeys { get; init; }

    /// <summary>Lines in which two keys have been live for more than a month: rotations that nobody ended.</summary>
    public long UnfinishedRotations { get; init; }

    /// <summary>Devices that were erased; of whom nothing is taken any more.</summary>
    public long ErasedDevices { get; init; }

    /// <summary>Users that were erased.</summary>
    public long ErasedUsers { get; init; }

    /// <summary>Erasures that were begun more than an hour ago and did not end.</summary>
    public long UnfinishedErasures { get; init; }

    /// <summary>When the last erasure ended, on the shared clock; null when there was none.</summary>
    public DateTime? LastErasureAt { get; init; }
}
