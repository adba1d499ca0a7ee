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

    /// <summary>Operations on which the server failed, each alone.</summary>
    public List<Operation> Suspects { get; } = [];

    /// <summary>What waits at the end of the cycle; null when the local database could not say.</summary>
    public OutboxDepth? Depth { get; set; }

    /// <summary>Refused operations: what each was about and why.</summary>
    public List<(string Entity, string Reason)> Refused { get; } = [];
}
