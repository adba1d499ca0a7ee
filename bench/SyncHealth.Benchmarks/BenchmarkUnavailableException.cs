namespace SyncHealth.Benchmarks;

/// <summary>A benchmark lacks something of the machine's that it measures with; the message says what, and how to provide it.</summary>
internal sealed class BenchmarkUnavailableException(string message) : Exception(message);
