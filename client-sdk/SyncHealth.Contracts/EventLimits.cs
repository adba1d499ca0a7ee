namespace SyncHealth.Contracts;

/// <summary>What one batch and one event may hold. Client and ingest read the same numbers.</summary>
public static class EventLimits
{
    /// <summary>Events in one batch: bounds the work and memory of one request.</summary>
    public const int MaxEventsPerBatch = 10_000;

    /// <summary>Size of a JSON body after decompression, in bytes: 10 MiB holds 10,000 events of 1 KiB.</summary>
    public const int MaxJsonBodyBytes = 10 * 1024 * 1024;

    /// <summary>Size of an OTLP body after decompression, in bytes: the same events with OTLP's longer names.</summary>
    public const int MaxOtlpBodyBytes = 20 * 1024 * 1024;

    /// <summary>Nesting of a JSON body: the contract's deepest field is at 5; more is an attack on the parser.</summary>
    public const int MaxNesting = 32;

    /// <summary>Length of a string field in characters; longer ones are cut and counted.</summary>
    public const int MaxStringLength = 1024;

    /// <summary>Length of an idempotency key in characters, as in the IETF draft's usual implementations.</summary>
    public const int MaxIdempotencyKeyLength = 255;

    /// <summary>Tags of one resource: enough for cohort, region, rollout; more would be a second event store.</summary>
    public const int MaxTags = 16;

    /// <summary>Length of a tag's name or value in characters.</summary>
    public const int MaxTagLength = 200;

    /// <summary>Longest duration stored, in milliseconds (24 h); longer ones are clamped and counted.</summary>
    public const long MaxDurationMs = 24L * 60 * 60 * 1000;

    /// <summary>How far ahead of the server an event may be after drift correction.</summary>
    public static readonly TimeSpan MaxFuture = TimeSpan.FromMinutes(5);

    /// <summary>How old an event may be: the raw retention, which is also the client's maximum queue age.</summary>
    public static readonly TimeSpan MaxAge = TimeSpan.FromDays(30);

    /// <summary>Device clocks that differ by this much or more are corrected; less is left alone, so that identity by time stays stable.</summary>
    public static readonly TimeSpan DriftCorrectedFrom = TimeSpan.FromMinutes(55);
}
