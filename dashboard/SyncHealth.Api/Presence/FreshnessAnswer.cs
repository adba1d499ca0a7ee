using SyncHealth.Storage.Devices;

namespace SyncHealth.Api.Presence;

/// <summary>How well a promise of freshness is kept, and what is left of its error budget.</summary>
/// <param name="App">Name of the app.</param>
/// <param name="At">The present, on the shared clock.</param>
/// <param name="WithinSeconds">How old the last success may be.</param>
/// <param name="OverSeconds">The time over which the budget counts.</param>
/// <param name="ExcludesOffline">Whether devices count for nothing whose last report says that they had no network.</param>
/// <param name="Groups">In natural order of their keys.</param>
public sealed record FreshnessAnswer(string App, DateTimeOffset At, double WithinSeconds, double OverSeconds, bool ExcludesOffline, IReadOnlyList<FreshnessBudget> Groups);
