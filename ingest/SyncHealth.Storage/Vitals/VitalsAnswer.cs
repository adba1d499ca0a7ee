namespace SyncHealth.Storage.Vitals;

/// <summary>The answer to a <see cref="VitalsQuery"/>.</summary>
/// <param name="From">The inclusive bound that was really counted.</param>
/// <param name="To">The exclusive bound that was really counted.</param>
public sealed record VitalsAnswer(
    string App, DateTimeOffset From, DateTimeOffset To, int? StepSeconds, VitalsClock Clock, IReadOnlyList<VitalsGroup> Groups);
