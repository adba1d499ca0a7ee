namespace SyncHealth.Storage.Devices;

/// <summary>A group of devices and what detectors say of them, as SQL returns it.</summary>
internal sealed record DetectionRow
{
    public string[] Key { get; init; } = [];
    public long Devices { get; init; }
    public long Stuck { get; init; }
    public long StuckItems { get; init; }
    public long Reuploading { get; init; }
    public long PushedItems { get; init; }
    public long ResentItems { get; init; }
    public long Poisoned { get; init; }
    public long Reset { get; init; }
    public long LostItems { get; init; }
    public long ClocksOff { get; init; }
    public long WithGaps { get; init; }
    public long Issued { get; init; }
    public long Received { get; init; }

    public DetectionGroup ToGroup(IReadOnlyDictionary<string, string> by) => new()
    {
        By = by, Devices = Devices, Stuck = Stuck, StuckItems = StuckItems, Reuploading = Reuploading, PushedItems = PushedItems, ResentItems = ResentItems,
        Poisoned = Poisoned, Reset = Reset, LostItems = LostItems, ClocksOff = ClocksOff, WithGaps = WithGaps, Issued = Issued, Received = Received,
    };
}
