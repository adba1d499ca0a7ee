using SyncHealth.Contracts;

namespace SyncHealth.Ingest.Intake;

/// <summary>A resource as its events need it: names decided, ids hashed. Made once for all its events.</summary>
internal readonly record struct Speaker
{
    public required string App { get; init; }

    public required string Environment { get; init; }

    public required string AppVersion { get; init; }

    public required string Os { get; init; }

    public required string OsVersion { get; init; }

    public required long DeviceKey { get; init; }

    public required bool HasDevice { get; init; }

    public required long? UserKey { get; init; }

    /// <summary>How old its events may be.</summary>
    public required TimeSpan MaxAge { get; init; }

    /// <summary>Why none of its events can be taken; null when they can.</summary>
    public required string? RejectCode { get; init; }

    public string RejectMessage => RejectCode == ReasonCodes.AppRequired
        ? "resource.app is missing, and the ingest key belongs to no single app."
        : "resource.app is another app than the one the ingest key belongs to.";
}
