namespace SyncHealth.Host.Postgres;

/// <summary>Server settings of an embedded cluster.</summary>
internal sealed record PostgresSettings
{
    /// <summary>For data that must survive a power cut.</summary>
    /// <remarks>
    /// <c>wal_init_zero=off</c>: Postgres otherwise fills each new 16 MB of its log with zeros and syncs them while every commit waits, 100 ms at a time, until
    /// a checkpoint has left it segments to use again. What is synced before an answer is the same; docs/performance.md has the figures.
    /// </remarks>
    public static PostgresSettings Durable { get; } = new()
    {
        Options = ["shared_buffers=256MB", "max_wal_size=2GB", "wal_compression=on", "wal_init_zero=off", "random_page_cost=1.1", "jit=off", "timezone=UTC"],
    };

    /// <summary>For databases that live as long as a test: no fsync, many connections.</summary>
    public static PostgresSettings Disposable { get; } = new()
    {
        Options = ["fsync=off", "full_page_writes=off", "synchronous_commit=off", "max_connections=400", "shared_buffers=256MB", "max_wal_size=4GB", "jit=off", "timezone=UTC"],
    };

    /// <summary><c>name=value</c> pairs for <c>postgres -c</c>.</summary>
    public required IReadOnlyList<string> Options { get; init; }
}
