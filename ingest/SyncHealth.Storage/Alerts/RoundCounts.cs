namespace SyncHealth.Storage.Alerts;

/// <summary>What was counted about alerting itself since the last time it was stored.</summary>
/// <param name="Rounds">Rounds that were completed.</param>
/// <param name="Missed">Evaluations that were due and did not happen, or failed as a whole.</param>
/// <param name="WordingFailures">Parts of messages that could not be put into words.</param>
/// <param name="Heartbeats">Signs of life that arrived.</param>
/// <param name="HeartbeatFailures">Signs of life that did not.</param>
public readonly record struct RoundCounts(long Rounds, long Missed, long WordingFailures, long Heartbeats, long HeartbeatFailures);
