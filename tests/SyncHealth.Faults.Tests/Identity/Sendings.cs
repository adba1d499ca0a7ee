using SyncHealth.Contracts;
using SyncHealth.Storage.Writes;

namespace SyncHealth.Faults.Tests.Identity;

/// <summary>
/// Everything that is sent in one run: identities, some of them several times and some of those with another body, shuffled into batches.
/// A seed makes it; the dictionary that it is held against is made from it again.
/// </summary>
internal sealed class Sendings
{
    public const string App = "sendings";

    /// <summary>Share of what is sent that repeats something.</summary>
    private const double Repeats = 0.3;

    /// <summary>Share of the repeats that have another body.</summary>
    private const double OtherBodies = 0.1;

    private const int Devices = 500;
    private const int MaxBatch = 400;
    private const int DaysApart = 30;

    private readonly (int Identity, byte Body)[] _items;
    private readonly int[] _ends;
    private readonly DateTimeOffset _now;

    public Sendings(int count, int seed, DateTimeOffset now)
    {
        var random = new Random(seed);
        _now = now;
        Identities = (int)(count * (1 - Repeats));
        _items = new (int, byte)[count];
        for (var i = 0; i < count; i++)
            _items[i] = i < Identities
                ? (i, (byte)0)
                : (random.Next(Identities), (byte)(random.NextDouble() < OtherBodies ? random.Next(1, 4) : 0));
        random.Shuffle(_items);
        _ends = [.. Ends(count, random)];
    }

    public int Identities { get; }

    public int Count => _items.Length;

    public int Batches => _ends.Length;

    /// <summary>Bodies of each identity that were sent, repeats included.</summary>
    public ILookup<int, byte> Bodies => _items.ToLookup(item => item.Identity, item => item.Body);

    /// <summary>The batch at a position. Every third says that it is a resend, whether it is or not.</summary>
    public EventBatch BatchAt(int position)
    {
        var batch = new EventBatch { ReceivedAt = _now, LikelyResend = position % 3 == 0 };
        batch.Profiles.Add(new DeviceProfile("", "{}"));
        for (var i = position == 0 ? 0 : _ends[position - 1]; i < _ends[position]; i++)
            batch.Events.Add(EventOf(_items[i].Identity, _items[i].Body));
        return batch;
    }

    /// <summary>When the event of an identity happened: any minute of thirty days.</summary>
    public DateTimeOffset AtOf(int identity) => _now.AddSeconds(-1 - ((long)identity * 7919 % ((DaysApart * 24 * 60 * 60) - 10)));

    /// <summary>What the counts add up; it depends on the body, so that counting the wrong one shows.</summary>
    public static int PushedOf(int identity, byte body) => (identity % 100) + (body * 1000);

    private EventRow EventOf(int identity, byte body)
    {
        var at = AtOf(identity);
        return new EventRow
        {
            Segment = new SegmentKey(App, "production", $"1.{identity % 3}", "android", "14", identity % 2 == 0 ? "wifi" : "cellular", "delta", "user"),
            DeviceKey = identity % Devices,
            HasDevice = true,
            DeviceAt = at,
            EventAt = at,
            IdHash = identity,
            BodyHash = body,
            Type = SyncType.Delta,
            Outcome = SyncOutcome.Success,
            DurationMs = 100 + (identity % 5000),
            Pushed = PushedOf(identity, body),
        };
    }

    private static IEnumerable<int> Ends(int count, Random random)
    {
        for (var end = 0; end < count;)
            yield return end = Math.Min(count, end + random.Next(1, MaxBatch));
    }
}
