using SyncHealth.SyncEngine.Conflicts;
using SyncHealth.SyncEngine.Outbox;
using SyncHealth.SyncEngine.Triggers;

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

    /// <summary>The server has refused a batch or failed on one: operations go one by one from then on.</summary>
    public bool IsOneByOne { get; set; }

    /// <summary>What waits at the end of the cycle; null when the local database could not say.</summary>
    public OutboxDepth? Depth { get; set; }

    /// <summary>Operations that were left for later on purpose, by one of <see cref="Deferrals"/>.</summary>
    public Dictionary<string, int> HeldBack { get; } = [];

    /// <summary>Refused operations: what each was about and why.</summary>
    public List<(string Entity, string Reason)> Refused { get; } = [];
}
