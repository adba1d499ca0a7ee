using System.Buffers;
using System.Runtime.InteropServices;
using SyncHealth.Contracts;
using SyncHealth.Storage.Vitals;

namespace SyncHealth.Storage.Writes;

/// <summary>Counts of the attempts of one core segment, minute and lag class in one micro-batch: a row of <c>core_increment</c>.</summary>
internal sealed class CoreIncrement
{
    private const short Columns = 32;

    /// <summary>A sync that takes longer than this has lost its user's patience; the article's threshold.</summary>
    private const int SlowMs = 60_000;

    /// <summary>Most that one event may add to a sum (1 TiB): a device that reports nonsense must not overflow a day.</summary>
    private const long MaxAmount = 1L << 40;

    private readonly long[] _conflicts = new long[(int)ConflictStrategy.Unresolved + 1];
    private readonly List<ushort> _successBuckets = [];
    private readonly List<ushort> _otherBuckets = [];
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

    public void Add(in EventRow source)
    {
        _attempts++;
        CountOutcome(source);
        CountConflicts(source);
        _over60s += source.DurationMs > SlowMs ? 1 : 0;
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
        buffer.Write(key.CoreId);
        buffer.Write(key.LagClass);
        buffer.Write(_attempts);
        buffer.Write(_successBuckets.Count);
        buffer.Write(_partials);
        buffer.Write(_cancelled);
        buffer.Write(_firstTry);
        buffer.Write(_offlineFailures);
        buffer.Write(_serverFailures);
        buffer.Write(_appFailures);
        buffer.Write(_over60s);
        buffer.Write(_conflicted);
        for (var strategy = ConflictStrategy.Lww; strategy <= ConflictStrategy.Unresolved; strategy++)
            buffer.Write(_conflicts[(int)strategy]);
        buffer.Write(_conflicts[(int)ConflictStrategy.Unknown]);
        buffer.Write(_discarded);
        buffer.Write(_retries);
        buffer.Write(_pushed);
        buffer.Write(_pulled);
        buffer.Write(_applied);
        buffer.Write(_rejected);
        buffer.Write(_bytesUp);
        buffer.Write(_bytesDown);
        buffer.Write(_durationMsSum);
        WriteSketch(_successBuckets, buffer, scratch);
        WriteSketch(_otherBuckets, buffer, scratch);
    }

    private void CountOutcome(in EventRow source)
    {
        if (source.IsSuccess)
        {
            _partials += source.Outcome == SyncOutcome.Partial ? 1 : 0;
            _firstTry += source.Retries == 0 ? 1 : 0;
        }
        else if (source.Outcome == SyncOutcome.Cancelled)
        {
            _cancelled++;
            _appFailures++;
        }
        else
        {
            CountFailure(source.ErrorKind);
        }
    }

    /// <summary>Who is to blame: the client's network, the server, or the app.</summary>
    private void CountFailure(SyncErrorKind kind)
    {
        if (kind == SyncErrorKind.Offline)
            _offlineFailures++;
        else if (kind is SyncErrorKind.Timeout or SyncErrorKind.Server or SyncErrorKind.Auth or SyncErrorKind.Denied)
            _serverFailures++;
        else
            _appFailures++;
    }

    /// <summary><c>conflictCount</c> is the number: entries beyond it do not count, and what they lack of it has an unknown strategy.</summary>
    private void CountConflicts(in EventRow source)
    {
        var left = source.ConflictCount;
        _conflicted += left > 0 ? 1 : 0;
        foreach (var entry in source.Conflicts ?? [])
        {
            var counted = Math.Clamp(entry.Count, 0, left);
            _conflicts[(int)entry.Strategy] += counted;
            _discarded += entry.Discarded;
            left -= counted;
        }

        _conflicts[(int)ConflictStrategy.Unknown] += left;
    }

    /// <summary>Writes the sketch of single durations. Sorts <paramref name="buckets"/>.</summary>
    internal static void WriteSketch(List<ushort> buckets, CopyBuffer buffer, ArrayBufferWriter<byte> scratch)
    {
        scratch.ResetWrittenCount();
        DurationSketch.Encode(CollectionsMarshal.AsSpan(buckets), scratch);
        buffer.Write(scratch.WrittenSpan);
    }
}
