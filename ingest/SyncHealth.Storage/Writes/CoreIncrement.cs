using System.Buffers;
using System.Runtime.InteropServices;
using SyncHealth.Contracts;
using SyncHealth.Storage.Vitals;

namespace SyncHealth.Storage.Writes;

/// <summary>Counts of the attempts of one segment, promoted value, minute and lag class in one micro-batch: a row of <c>core_increment</c>.</summary>
internal sealed class CoreIncrement
{
    private const short Columns = 39;

    /// <summary>Most that one event may add to a sum (1 TiB): a device that reports nonsense must not overflow a day.</summary>
    private const long MaxAmount = 1L << 40;

    /// <summary>Stands for the error of an attempt that did not succeed and names none.</summary>
    private const int NoError = 0;

    private readonly List<ushort> _successBuckets = [];
    private readonly List<ushort> _otherBuckets = [];

    // Most increments have none of these, hence made when needed.
    private SideCounts? _errors;
    private SideCounts? _conflicts;
    private long[]? _conflictsByStrategy;
    private int _attempts;
    private int _partials;
    private int _cancelled;
    private int _firstTry;
    private int _offlineFailures;
    private int _serverFailures;
    private int _appFailures;
    private int _over60s;
    private int _conflicted;
    private long _discarded;
    private long _retries;
    private long _pushed;
    private long _pulled;
    private long _applied;
    private long _rejected;
    private long _bytesUp;
    private long _bytesDown;
    private long _durationMsSum;

    public void Add(in GroupRow row, in EventRow source)
    {
        _attempts++;
        CountOutcome(row, source);
        if (row.ConflictIds is { } conflictIds)
            CountConflicts(source, conflictIds);
        _over60s += Ending.IsSlow(source) ? 1 : 0;
        _retries += source.Retries;
        _pushed += source.Pushed;
        _pulled += source.Pulled;
        _applied += source.Applied;
        _rejected += source.Rejected;
        _bytesUp += Math.Min(source.BytesUp, MaxAmount);
        _bytesDown += Math.Min(source.BytesDown, MaxAmount);
        _durationMsSum += source.DurationMs;
        (source.IsSuccess ? _successBuckets : _otherBuckets).Add((ushort)DurationSketch.BucketOf(source.DurationMs));
    }

    /// <summary>Columns in the order of <c>CopyCoreIncrements.sql</c>.</summary>
    public void Encode(CoreIncrementKey key, CopyBuffer buffer, ArrayBufferWriter<byte> scratch)
    {
        buffer.StartRow(Columns);
        buffer.Write(key.BucketAt);
        buffer.Write(key.ArrivalAt);
        buffer.Write(key.Segment.CoreId);
        buffer.Write(key.Segment.SegmentId);
        buffer.Write(key.PromotedId);
        buffer.Write(key.LagClass);
        buffer.Write(_attempts);
        buffer.WriteCount(_successBuckets.Count);
        buffer.WriteCount(_partials);
        buffer.WriteCount(_cancelled);
        buffer.WriteCount(_firstTry);
        buffer.WriteCount(_offlineFailures);
        buffer.WriteCount(_serverFailures);
        buffer.WriteCount(_appFailures);
        buffer.WriteCount(_over60s);
        buffer.WriteCount(_conflicted);
        for (var strategy = ConflictStrategy.Lww; strategy <= ConflictStrategy.Unresolved; strategy++)
            buffer.WriteCount(_conflictsByStrategy?[(int)strategy] ?? 0);
        buffer.WriteCount(_conflictsByStrategy?[(int)ConflictStrategy.Unknown] ?? 0);
        buffer.WriteCount(_discarded);
        buffer.WriteCount(_retries);
        buffer.WriteCount(_pushed);
        buffer.WriteCount(_pulled);
        buffer.WriteCount(_applied);
        buffer.WriteCount(_rejected);
        buffer.WriteCount(_bytesUp);
        buffer.WriteCount(_bytesDown);
        buffer.WriteCount(_durationMsSum);
        WriteSketchOrNull(_successBuckets, buffer, scratch);
        WriteSketchOrNull(_otherBuckets, buffer, scratch);
        WriteSide(_errors, _conflicts, buffer);
    }

    private void CountOutcome(in GroupRow row, in EventRow source)
    {
        _partials += source.Outcome == SyncOutcome.Partial ? 1 : 0;
        _cancelled += source.Outcome == SyncOutcome.Cancelled ? 1 : 0;
        _firstTry += Ending.IsFirstTry(source) ? 1 : 0;
        var blame = Ending.BlameOf(source);
        _offlineFailures += blame == Blame.Offline ? 1 : 0;
        _serverFailures += blame == Blame.Server ? 1 : 0;
        _appFailures += blame == Blame.App ? 1 : 0;
        if (blame != Blame.Nobody)
            (_errors ??= new SideCounts()).Add(row.ErrorId ?? NoError, 1);
    }

    /// <summary><c>conflictCount</c> is the number: entries beyond it do not count, and of what they lack of it nothing is known.</summary>
    private void CountConflicts(in EventRow source, int[] conflictIds)
    {
        _conflicts ??= new SideCounts();
        _conflictsByStrategy ??= new long[(int)ConflictStrategy.Unresolved + 1];
        var left = source.ConflictCount;
        _conflicted += left > 0 ? 1 : 0;
        var entries = source.Conflicts ?? [];
        for (var i = 0; i < entries.Length; i++)
        {
            var counted = Math.Clamp(entries[i].Count, 0, left);
            _conflictsByStrategy[(int)entries[i].Strategy] += counted;
            _discarded += entries[i].Discarded;
            if (counted != 0 || entries[i].Discarded != 0)
                _conflicts.Add(conflictIds[i], counted, entries[i].Discarded);
            left -= counted;
        }

        _conflictsByStrategy[(int)ConflictStrategy.Unknown] += left;
        if (left > 0)
            _conflicts.Add(conflictIds[^1], left);
    }

    /// <summary>Writes the sketch of single durations. Sorts <paramref name="buckets"/>.</summary>
    internal static void WriteSketch(List<ushort> buckets, CopyBuffer buffer, ArrayBufferWriter<byte> scratch)
    {
        scratch.ResetWrittenCount();
        DurationSketch.Encode(CollectionsMarshal.AsSpan(buckets), scratch);
        buffer.Write(scratch.WrittenSpan);
    }

    /// <summary>Most narrow rows have one of the two sketches.</summary>
    private static void WriteSketchOrNull(List<ushort> buckets, CopyBuffer buffer, ArrayBufferWriter<byte> scratch)
    {
        if (buckets.Count == 0)
            buffer.WriteNull();
        else
            WriteSketch(buckets, buffer, scratch);
    }

    private static void WriteSide(SideCounts? errors, SideCounts? conflicts, CopyBuffer buffer)
    {
        buffer.WriteArray(errors is null ? [] : errors.Ids);
        buffer.WriteArray(errors is null ? [] : errors.Counts);
        buffer.WriteArray(conflicts is null ? [] : conflicts.Ids);
        buffer.WriteArray(conflicts is null ? [] : conflicts.Counts);
        buffer.WriteArray(conflicts is null ? [] : conflicts.Discarded);
    }
}
