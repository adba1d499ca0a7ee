namespace SyncHealth.Dashboard.Intake;

/// <summary>Events that never counted, for people.</summary>
/// <param name="Where">Where they were lost.</param>
/// <param name="Reason">The code.</param>
/// <param name="Meaning">What the code means, and what to do.</param>
public sealed record LossLine(string Where, string Reason, string Meaning, long Count, DateTimeOffset LastAt);
