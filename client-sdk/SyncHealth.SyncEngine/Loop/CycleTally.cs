using SyncHealth.SyncEngine.Conflicts;
using SyncHealth.SyncEngine.Outbox;

namespace SyncHealth.SyncEngine.Loop;

/// <summary>What a cycle has done so far.</summary>
internal sealed class CycleTally
{
    public int Pushed { get; set; }

    public int Pulled { get; set; }

    public int Applied { get; set; }

    public int Retries { get; set; }

    public long BytesUp { get; set; }

    public long BytesDown { get; set; }

    public List<ConflictNotice> Conflicts { get; } = [];

    /// <summary>What waits at the end of the cycle; null when the local database could not say.</summary>
    public OutboxDepth? Depth { get; set; }

    /// <summary>Reasons of refused operations, one per operation.</summary>
    public List<string> Refused { get; } = [];
}
