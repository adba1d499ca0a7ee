namespace SyncHealth.Benchmarks;

/// <summary>What a run measures with.</summary>
/// <param name="Server">Connection string of the server on which databases may be created.</param>
/// <param name="Program">How to start this program again.</param>
/// <param name="Devices">Devices of the fleet whose pages are measured.</param>
public sealed record BenchmarkSetting(string Server, BenchmarkProgram Program, int Devices)
{
    /// <summary>The filled database of <c>dashboard</c> or <c>vitals-month</c> stays on the server, and the next run measures over it; false by default.</summary>
    public bool Keep { get; init; }
}
