namespace SyncHealth.Ingest.Intake;

/// <summary>Who speaks: what a request says once for all its events. Null where it did not.</summary>
internal sealed class DecodedResource
{
    public string? App { get; set; }

    public string? AppVersion { get; set; }

    public string? Os { get; set; }

    public string? OsVersion { get; set; }

    public string? Environment { get; set; }

    public string? DeviceId { get; set; }

    public string? UserRef { get; set; }

    public string? DeviceModel { get; set; }

    /// <summary>The host's own labels, sorted by name so that equal sets are equal text.</summary>
    public SortedDictionary<string, string>? Tags { get; set; }
}
