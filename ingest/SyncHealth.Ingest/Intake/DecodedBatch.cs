using System.Runtime.InteropServices;
using Microsoft.Extensions.ObjectPool;
using SyncHealth.Contracts;

namespace SyncHealth.Ingest.Intake;

/// <summary>One request as an adapter read it. Reused between requests, so that a batch allocates little but its rows.</summary>
internal sealed class DecodedBatch : IResettable
{
    /// <summary>Rows kept between requests; a larger batch gives its memory back.</summary>
    private const int KeptEventCount = 1_000;

    private readonly List<DecodedEvent> _events = [];

    private readonly TextPool _texts = new();
    private readonly TextPool _labels = new(ScrubScope.Label);
    private readonly TextPool _versions = new(ScrubScope.Version);

    public List<DecodedResource> Resources { get; } = [];

    public List<DecodedDrop> Drops { get; } = [];

    /// <summary>When the client says it sent the request; null where it did not.</summary>
    public DateTimeOffset? SentAt { get; set; }

    public Span<DecodedEvent> Events => CollectionsMarshal.AsSpan(_events);

    /// <summary>The lists of the event that is being read.</summary>
    public EventLists Lists { get; } = new();

    /// <summary>Counts what was changed while reading.</summary>
    public Adjustments Adjustments;

    /// <summary>Adds an empty event and returns its place, valid until the next call.</summary>
    public ref DecodedEvent AddEvent(int resource)
    {
        CollectionsMarshal.SetCount(_events, _events.Count + 1);
        ref var added = ref CollectionsMarshal.AsSpan(_events)[^1];
        added = new DecodedEvent { Resource = resource };
        return ref added;
    }

    /// <summary>Takes the last event back; its place must not be used any more.</summary>
    public void RemoveLastEvent() => _events.RemoveAt(_events.Count - 1);

    /// <summary>Ends the event that is being read.</summary>
    public void CloseEvent(ref DecodedEvent e) => Lists.CloseInto(ref e, ref Adjustments);

    /// <summary>Adds a line of the client's own account of what it dropped; lines beyond the bound are counted, not kept.</summary>
    public void AddDrop(int resource, in DecodedItem item)
    {
        if (Drops.Count < EventBounds.MaxItems)
            Drops.Add(DecodedDrop.Of(resource, item));
        else
            Adjustments.Cut++;
    }

    /// <summary>Takes the accounts out of the lists of the event that is being read: they are its device's, not its own.</summary>
    public void TakeDrops(int resource)
    {
        foreach (var item in Lists.Dropped)
            AddDrop(resource, item);
    }

    /// <summary>A name, a code or a tag that will be stored: nothing personal or secret is left in it.</summary>
    public string Label(ReadOnlySpan<byte> utf8, int maxLength = EventLimits.MaxStringLength) => _labels.Get(utf8, maxLength, ref Adjustments);

    /// <summary>A version that will be stored: a name whose numbers mean nothing else.</summary>
    public string Version(ReadOnlySpan<byte> utf8) => _versions.Get(utf8, EventLimits.MaxStringLength, ref Adjustments);

    /// <summary>A string of valid, unescaped UTF-8, as long as it may be: for ids, which are hashed, and for answers.</summary>
    public string Text(ReadOnlySpan<byte> utf8, int maxLength = EventLimits.MaxStringLength) => _texts.Get(utf8, maxLength, ref Adjustments);

    public bool TryReset()
    {
        Clear();
        return true;
    }

    private void Clear()
    {
        Resources.Clear();
        Drops.Clear();
        Lists.Clear();
        SentAt = null;
        Adjustments = default;
        _events.Clear();
        if (_events.Capacity > KeptEventCount)
            _events.Capacity = KeptEventCount;
    }
}
