using System.Buffers;

namespace SyncHealth.Storage.Writes;

/// <summary>What the new events of a group add to rollups and device state, gathered so that a micro-batch appends few rows.</summary>
internal sealed class Increments
{
    private readonly Dictionary<CoreIncrementKey, CoreIncrement> _cores = [];
    private readonly Dictionary<DeviceIncrementKey, DeviceIncrement> _devices = [];
    private readonly ArrayBufferWriter<byte> _scratch = new();

    /// <summary>Gathers anew from the rows of <paramref name="group"/> whose fate is <see cref="RowFate.New"/>.</summary>
    public void Gather(WriteGroup group)
    {
        _cores.Clear();
        _devices.Clear();
        foreach (ref readonly var row in group.Rows.AsSpan())
            if (row.Fate == RowFate.New)
                Add(row, group.EventOf(row), group.BatchOf(row).ReceivedAt);
    }

    /// <summary>In no order: an append to a table without an index meets nobody.</summary>
    public void EncodeCores(CopyBuffer buffer)
    {
        buffer.Clear();
        foreach (var (key, increment) in _cores)
            increment.Encode(key, buffer, _scratch);
    }

    /// <summary>In the order of <see cref="WriteGroup.Rows"/>: by device.</summary>
    public void EncodeDevices(WriteGroup group, CopyBuffer buffer)
    {
        buffer.Clear();
        foreach (var increment in _devices.Values)
            increment.Encode(group, buffer, _scratch);
    }

    private void Add(in GroupRow row, in EventRow source, DateTimeOffset receivedAt)
    {
        var eventAt = PgTime.Micros(source.EventAt);
        if (source.IsAttempt)
            CoreOf(new CoreIncrementKey(
                row.Segment,
                row.Profile.PromotedId,
                PgTime.FloorTo(eventAt, PgTime.MicrosPerMinute),
                PgTime.FloorTo(PgTime.Micros(receivedAt), PgTime.MicrosPerMinute),
                LagClass.Of(receivedAt - source.EventAt))).Add(row, source);
        if (source.HasDevice)
            DeviceOf(new DeviceIncrementKey(
                row.DeviceKey, row.Segment.CoreId, PgTime.FloorTo(eventAt, PgTime.MicrosPerDay))).Add(row, source, receivedAt);
    }

    private CoreIncrement CoreOf(CoreIncrementKey key)
    {
        if (!_cores.TryGetValue(key, out var increment))
            _cores.Add(key, increment = new CoreIncrement());
        return increment;
    }

    private DeviceIncrement DeviceOf(DeviceIncrementKey key)
    {
        if (!_devices.TryGetValue(key, out var increment))
            _devices.Add(key, increment = new DeviceIncrement());
        return increment;
    }
}
