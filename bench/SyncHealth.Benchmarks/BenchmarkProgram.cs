namespace SyncHealth.Benchmarks;

/// <summary>How to start this program again: benchmarks measure the ingest role as it serves, in a process of its own.</summary>
/// <param name="Path">The executable.</param>
/// <param name="Arguments">What stands before the command, such as the assembly of a program that <c>dotnet</c> runs.</param>
public sealed record BenchmarkProgram(string Path, IReadOnlyList<string> Arguments);
