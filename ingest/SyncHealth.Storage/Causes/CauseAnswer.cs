using SyncHealth.Statistics.Causes;

namespace SyncHealth.Storage.Causes;

/// <summary>What explains a drop of the success rate.</summary>
/// <param name="BeforeFrom">Inclusive bound of what was compared with.</param>
/// <param name="BeforeTo">Exclusive bound of what was compared with.</param>
/// <param name="From">Inclusive bound of the drop, as counted.</param>
/// <param name="To">Exclusive bound of the drop, as counted.</param>
/// <param name="Dimensions">The dimensions that were asked: version, system, network, and the app's promoted tag where it answers.</param>
/// <param name="Before">All attempts before, those that did not succeed, and their devices.</param>
/// <param name="Now">The same of the drop.</param>
/// <param name="Explanation">The segments and errors, or that no single one stands out.</param>
public sealed record CauseAnswer(
    string App, DateTimeOffset BeforeFrom, DateTimeOffset BeforeTo, DateTimeOffset From, DateTimeOffset To,
    IReadOnlyList<string> Dimensions, CauseCounts Before, CauseCounts Now, Explanation Explanation)
{
    /// <summary>Whether there are devices enough for a segment to be blamed at all: twice the least, because a segment needs a rest to be held against.</summary>
    public bool HasSample => Math.Min(Before.Devices, Now.Devices) >= 2 * CauseLimits.MinimumDevices;
}
