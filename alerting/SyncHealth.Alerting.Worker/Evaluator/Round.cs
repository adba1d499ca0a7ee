using SyncHealth.Alerting.Routing;

namespace SyncHealth.Alerting.Worker.Evaluator;

/// <summary>What all evaluations of one round share: one moment, one reading of the data, one view of what is silenced.</summary>
/// <param name="Groups">Open alerts that are told together, as far as the round has come.</param>
internal sealed record Round(DateTimeOffset Now, StoredReadings Readings, Muting Muting, List<GroupEntry> Groups);
