namespace SyncHealth.SyncEngine.Tests.Simulation;

/// <summary>How a replica's network is at the moment.</summary>
internal sealed class SimulatedLink
{
    public bool IsUp { get; set; } = true;

    public bool IsServerDown { get; set; }

    /// <summary>Nothing gets lost, late or doubled.</summary>
    public bool IsPerfect { get; set; } = true;

    public bool IsMetered { get; set; }

    public int Messages { get; set; }
}
