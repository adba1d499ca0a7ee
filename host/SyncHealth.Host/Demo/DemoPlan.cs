namespace SyncHealth.Host.Demo;

/// <summary>What a demo was asked to do.</summary>
internal sealed record DemoPlan
{
    /// <summary>Simulated devices; 0 starts the platform without a fleet, on the wall clock.</summary>
    public required int Devices { get; init; }

    /// <summary>Seconds of the shared clock in one real second.</summary>
    public required double Speed { get; init; }

    /// <summary>Wall time after which it stops by itself; null runs until stopped.</summary>
    public TimeSpan? For { get; init; }

    public required string Scenario { get; init; }

    public required int Seed { get; init; }

    public required int Port { get; init; }

    public string? RulesFile { get; init; }

    /// <summary>Whether the shared clock is an accelerated one.</summary>
    public bool IsAccelerated => Devices > 0 && Speed > 1;
}
