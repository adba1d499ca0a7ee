using System.Collections.Concurrent;
using SyncHealth.Storage.Devices;

namespace SyncHealth.Dashboard.Devices;

/// <summary>
/// Keeps what detectors say a while: the list of devices is read every few seconds, and in a large fleet the raw events of six hours take one. They are read
/// again when the answer is older than a multiple of what it cost, so that they take a twentieth of one processor at most for each list that is looked at.
/// </summary>
/// <param name="pace">Measures what a read costs a real database: the wall clock, not the shared one.</param>
public sealed class SignShelf(IDetectorReader detectors, IDrainReader drains, IFreshnessReader freshness, TimeProvider pace)
{
    private const int CostsPerTurn = 20;

    /// <summary>Lists kept: more than are looked at at once.</summary>
    private const int MostKept = 256;

    private readonly ConcurrentDictionary<string, (DeviceSigns Signs, long ReadAt, TimeSpan Cost)> _kept = new();

    public async Task<DeviceSigns> ReadAsync(DetectorQuery query, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        var key = string.Join('\n', [query.App, .. query.Filters.Select(filter => $"{filter.Dimension}:{filter.Value}")]);
        if (_kept.TryGetValue(key, out var kept) && pace.GetElapsedTime(kept.ReadAt) < kept.Cost * CostsPerTurn)
            return kept.Signs;
        var started = pace.GetTimestamp();
        var groups = await detectors.CountAsync(query, cancellationToken);
        var named = await detectors.ListAsync(query, DetectorTable.DevicesShown, cancellationToken);
        var drain = await drains.ReadAsync(query, cancellationToken);
        var promises = await freshness.ReadAsync(
            new FreshnessQuestion { App = query.App, Now = query.At, Within = PresenceTable.Within, Over = FreshnessFigures.Over, Filters = query.Filters }, cancellationToken);
        var signs = new DeviceSigns(groups.Count > 0 ? groups[0] : null, named, drain, promises.Count > 0 ? promises[0] : null);
        if (_kept.Count >= MostKept)
            _kept.Clear();
        _kept[key] = (signs, pace.GetTimestamp(), pace.GetElapsedTime(started));
        return signs;
    }
}
