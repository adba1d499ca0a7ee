namespace SyncHealth.Storage.Writes;

/// <summary>The events of one request, in the order of the request.</summary>
public sealed class EventBatch
{
    /// <summary>When the server received the request, on the shared clock.</summary>
    public required DateTimeOffset ReceivedAt { get; init; }

    public List<EventRow> Events { get; } = [];

    public List<DeviceProfile> Profiles { get; } = [];

    public List<QuarantinedEvent> Quarantined { get; } = [];

    public List<ReportedDrop> Drops { get; } = [];

    /// <summary>Whether the sender says or is known to have sent these events before: such batches take the lane that expects repeats.</summary>
    public bool LikelyResend { get; set; }
}
