namespace SyncHealth.Storage.Intake;

/// <summary>Attempts that arrived in one point with a lag of one class.</summary>
/// <param name="LagClass">0 less than 1 min, 1 less than 15 min, 2 less than 1 h, 3 less than 6 h, 4 less than 24 h, 5 less than 72 h, 6 more.</param>
public sealed record ArrivalCount(DateTimeOffset At, short LagClass, long Attempts);
