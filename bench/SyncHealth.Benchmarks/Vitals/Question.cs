namespace SyncHealth.Benchmarks.Vitals;

/// <summary>One of the five questions, asked of SyncHealth and of the raw events.</summary>
/// <param name="Name">For the table.</param>
/// <param name="Ask">Asks the reader; returns how many numbers it answered.</param>
/// <param name="RawSql">The same question to the raw events: what one would write without SyncHealth.</param>
internal sealed record Question(string Name, Func<CancellationToken, Task<int>> Ask, string RawSql);
