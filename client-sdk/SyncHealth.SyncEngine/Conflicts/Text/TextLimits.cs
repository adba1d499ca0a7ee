namespace SyncHealth.SyncEngine.Conflicts.Text;

/// <summary>What a replica takes from others at most, so that no bytes can make it use memory or time without bound.</summary>
public static class TextLimits
{
    /// <summary>Bytes of one update. Every edit of an afternoon is a hundredth of it; a whole book with its history fits.</summary>
    public const int MaxUpdateBytes = 64 * 1024 * 1024;

    /// <summary>Sequence numbers of one agent: every inserted and every deleted code point takes one. Leaves room below 2³¹ for arithmetic.</summary>
    public const int MaxSequence = 1 << 30;

    /// <summary>Agents that a document knows. Ids are numbers of 64 bits, so thousands of devices that wrote once are no reason to fail.</summary>
    public const int MaxAgents = 100_000;

    /// <summary>Entries that wait for others which have not arrived. More are left out, and come again when a peer is asked by version.</summary>
    public const int MaxWaiting = 100_000;
}
