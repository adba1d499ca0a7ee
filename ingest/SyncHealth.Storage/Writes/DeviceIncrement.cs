using System.Buffers;
using SyncHealth.Storage.Vitals;

namespace SyncHealth.Storage.Writes;

/// <summary>What the events of one device, core segment and day in one micro-batch say about the device: a row of <c>device_increment</c>.</summary>
internal sealed class DeviceIncrement
{
    private const short Columns = 21 + AttemptTally.Columns;

    private readonly List<ushort> _buckets = [];
    private GroupRow _latest;
    private long _latestAt = long.MinValue;
    private long _latestSeq = long.MinValue;
    private long _firstAt = long.MaxValue;
    private long _receivedAt = long.MinValue;
    private long? _lastSuccessAt;
    private AttemptTally _tally;
    private long _conflicts;
    private ActiveHours _hours;
    private long? _lowestSeq;
    private long? _highestSeq;
    private int _seqs;

    public void Add(in GroupRow row, in EventRow source, DateTimeOffset receivedAt)
    {
        var at = PgTime.Micros(source.EventAt);
        _firstAt = Math.Min(_firstAt, at);
        _receivedAt = Math.Max(_receivedAt, PgTime.Micros(receivedAt));
        if (source.IsAttempt)
            AddAttempt(source, at);
        if (source.Seq is { } number)
            AddSeq(number);
        if (LastSuccessAt(source, at) is { } success && !(success <= _lastSuccessAt))
            _lastSuccessAt = success;
        var seq = source.Seq ?? -1;
        if ((at, seq, row.EventHash).CompareTo((_latestAt, _latestSeq, _latest.EventHash)) > 0)
            (_latest, _latestAt, _latestSeq) = (row, at, seq);
    }

    /// <summary>Columns in the order of <c>CopyDeviceIncrements.sql</c>.</summary>
    public void Encode(WriteGroup group, CopyBuffer buffer, ArrayBufferWriter<byte> scratch)
    {
        ref readonly var source = ref group.EventOf(_latest);
        buffer.StartRow(Columns);
        buffer.Write(_latest.DeviceKey);
        buffer.Write(_latest.EventHash);
        buffer.Write(_firstAt);
        buffer.Write(_latestAt);
        buffer.Write(_receivedAt);
        buffer.Write(_lastSuccessAt);
        buffer.Write(OldestPendingAt(source));
        buffer.Write(source.Seq);
        buffer.Write(source.UserKey);
        buffer.Write((_latestAt - _latest.DeviceAt) / 1000);
        buffer.Write(_latest.Segment.SegmentId);
        buffer.Write(_latest.Segment.CoreId);
        buffer.Write(_latest.Profile.ProfileId);
        buffer.Write(source.QueuedItems);
        buffer.Write(_hours.Hours);
        buffer.Write(_lowestSeq);
        buffer.Write(_highestSeq);
        buffer.Write(_seqs);
        _tally.Encode(buffer);
        buffer.Write(_conflicts);
        CoreIncrement.WriteSketch(_buckets, buffer, scratch);
        _hours.WriteMinutes(buffer);
    }

    private void AddAttempt(in EventRow source, long at)
    {
        _tally.Add(source);
        _conflicts += source.ConflictCount;
        _hours.Add(at);
        _buckets.Add((ushort)DurationSketch.BucketOf(source.DurationMs));
    }

    /// <summary>An event is written once, so its number counts once; see <c>synchealth.device_seqs</c>.</summary>
    private void AddSeq(long number)
    {
        _seqs++;
        _lowestSeq = Math.Min(_lowestSeq ?? number, number);
        _highestSeq = Math.Max(_highestSeq ?? number, number);
    }

    /// <summary>A success cannot be later than the event that reports it.</summary>
    private static long? LastSuccessAt(in EventRow source, long at) => source switch
    {
        { IsAttempt: true, IsSuccess: true } => at,
        { LastSuccessAt: { } reported } => Math.Min(PgTime.Micros(reported), at),
        _ => null,
    };

    private long? OldestPendingAt(in EventRow source) =>
        source is { QueuedItems: > 0, OldestPendingMs: { } age } ? _latestAt - (age * 1000) : null;
}
