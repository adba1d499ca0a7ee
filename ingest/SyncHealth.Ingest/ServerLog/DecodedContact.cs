namespace SyncHealth.Ingest.ServerLog;

/// <summary>One contact of a device with its server, as the body says it.</summary>
internal record struct DecodedContact
{
    /// <summary>The device's own id; empty when it is missing.</summary>
    public string DeviceId { get; set; }

    /// <summary>When, by the server's clock; null when it is missing or cannot be read.</summary>
    public DateTimeOffset? At { get; set; }

    /// <summary>Changes that the server took.</summary>
    public int Accepted { get; set; }

    /// <summary>Name of a field of the wrong type; null when there is none.</summary>
    public string? Wrong { get; set; }
}
