namespace SyncHealth.Benchmarks;

/// <summary>What a run measures with.</summary>
/// <param name="Server">Connection string of the server on which databases may be created.</param>
/// <param name="Program">How to start this program again.</param>
/// <param name="Devices">Devices of the fleet whose pages are measured.</param>
internal sealed record BenchmarkSetting(string Server, BenchmarkProgram Program, int Devices);
