namespace SyncHealth.Ingest.Intake;

/// <summary>What the numbers of one event may be, so that sums of them stay right.</summary>
internal static class EventBounds
{
    /// <summary>Conflicts or discarded edits of one cycle: 10,000 events of this many still fit the integer columns they are summed in.</summary>
    public const int MaxConflictCount = 100_000;

    /// <summary>Bytes of one cycle (1 TiB): eight million such events still fit a bigint sum.</summary>
    public const long MaxBytes = 1L << 40;

    /// <summary>Age of a pending write in milliseconds (10 years): more is a clock that jumped, and is held to this.</summary>
    public const long MaxPendingMs = 10L * 366 * 24 * 60 * 60 * 1000;

    /// <summary>Lines of <c>conflicts</c>, <c>failures</c> or <c>deferred</c> kept of one event; further conflicts count as strategy <c>unknown</c>.</summary>
    public const int MaxItems = 256;

    /// <summary>Earliest and latest time that is stored: a day inside what .NET and Postgres both know, so that neither end becomes <c>infinity</c>, and whole microseconds as all that is kept.</summary>
    public static readonly DateTimeOffset Earliest = DateTimeOffset.MinValue.AddDays(1);

    public static readonly DateTimeOffset Latest = new(9999, 12, 30, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Before sync telemetry existed: a <c>lastSuccessAt</c> before this is a client's way to say "never".</summary>
    public static readonly DateTimeOffset EarliestSuccess = new(2000, 1, 1, 0, 0, 0, TimeSpan.Zero);
}
