using SyncHealth.Storage.Alerts;

namespace SyncHealth.Api.Alerts;

/// <summary>Alerts that are pending, firing or recovering, most severe first.</summary>
/// <param name="At">The moment on the shared clock.</param>
/// <param name="UnreachedRules">Rules whose alerts reach nobody, because none of their receivers is configured.</param>
public sealed record AlertList(DateTimeOffset At, IReadOnlyList<AlertSummary> Alerts, IReadOnlyList<string> UnreachedRules);
