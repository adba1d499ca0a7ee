namespace SyncHealth.Benchmarks.Alerting;

/// <summary>What one round took, in seconds.</summary>
/// <param name="Wall">From its beginning to its end.</param>
/// <param name="Worker">Processor time of the evaluator's process.</param>
/// <param name="Postgres">Processor time of the server; 0 where it cannot be seen.</param>
internal sealed record RoundCost(double Wall, double Worker, double Postgres);
