using SyncHealth.Contracts;

namespace SyncHealth.SyncEngine.Loop;

/// <summary>What one cycle did: the facts that its telemetry event reports.</summary>
public sealed record CycleResult
{
    /// <summary>Full or delta.</summary>
    public required SyncType Type { get; init; }

    /// <summary>What started it.</summary>
    public required SyncTrigger Trigger { get; init; }

    /// <summary>How it ended.</summary>
    public required SyncOutcome Outcome { get; init; }

    /// <summary>Whose fault a failure was.</summary>
    public SyncErrorKind ErrorKind { get; init; }

    /// <summary>A short stable code of a failure.</summary>
    public string? ErrorCode { get; init; }

    /// <summary>The network it ran on.</summary>
    public required SyncNetwork Network { get; init; }

    /// <summary>Operations that the server took.</summary>
    public int Pushed { get; init; }

    /// <summary>Notes that the server sent.</summary>
    public int Pulled { get; init; }

    /// <summary>Of those, the ones that changed something here.</summary>
    public int Applied { get; init; }

    /// <summary>Operations that the server refused for good.</summary>
    public int Rejected { get; init; }

    /// <summary>Transport retries.</summary>
    public int Retries { get; init; }

    /// <summary>Conflicts met and resolved.</summary>
    public int Conflicts { get; init; }

    /// <summary>Operations that still wait.</summary>
    public int Waiting { get; init; }

    /// <summary>Of those, the ones that were left for later on purpose: bulk on a network that costs, and what builds upon something refused.</summary>
    public int HeldBack { get; init; }

    /// <summary>Whether everything that could be done was done.</summary>
    public bool IsSuccess => Outcome is SyncOutcome.Success or SyncOutcome.Partial;
}
