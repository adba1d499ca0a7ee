using SyncHealth.Alerting.Routing;

namespace SyncHealth.Alerting.Worker.Evaluator;

/// <summary>What all evaluations of one round share: one moment, one reading of the data, one view of what is silenced.</summary>
internal sealed record Round(DateTimeOffset Now, StoredReadings Readings, Muting Muting);
