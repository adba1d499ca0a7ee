namespace SyncHealth.Benchmarks.Vitals;

/// <summary>A question asked of SyncHealth, and of something it is held against.</summary>
/// <param name="Name">For the table.</param>
/// <param name="Ask">Asks the reader; returns how many numbers it answered.</param>
/// <param name="Baseline">Asks the other way: raw events in SQL, or a tenth of the events; null where only the time counts.</param>
/// <param name="Floor">Longest p50 in milliseconds that the plan allows.</param>
internal sealed record Question(string Name, Func<CancellationToken, Task<int>> Ask, Func<CancellationToken, Task<int>>? Baseline, double Floor);
