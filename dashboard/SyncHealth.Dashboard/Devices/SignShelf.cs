using SyncHealth.Dashboard.Live;
using SyncHealth.Storage.Devices;

namespace SyncHealth.Dashboard.Devices;

/// <summary>Keeps what detectors say a while, for each list that is looked at: in a large fleet the raw events of six hours take a second.</summary>
/// <param name="pace">Measures what a read costs a real database: the wall clock, not the shared one.</param>
public sealed class SignShelf(IDetectorReader detectors, IDrainReader drains, IFreshnessReader freshness, TimeProvider pace)
{
    private readonly Shelf<(string App, string Filters), DeviceSigns> _shelf = new(pace);

    public Task<DeviceSigns> ReadAsync(DetectorQuery query, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        return _shelf.ReadAsync((query.App, ShelfKey.Of(query.Filters)), token => ReadSignsAsync(query, token), cancellationToken);
    }

    private async Task<DeviceSigns> ReadSignsAsync(DetectorQuery query, CancellationToken cancellationToken)
    {
        var groups = await detectors.CountAsync(query, cancellationToken);
        var named = await detectors.ListAsync(query, DetectorTable.DevicesShown, cancellationToken);
        var drain = await drains.ReadAsync(query, cancellationToken);
        var promises = await freshness.ReadAsync(
            new FreshnessQuestion { App = query.App, Now = query.At, Within = PresenceTable.Within, Over = FreshnessFigures.Over, Filters = query.Filters }, cancellationToken);
        return new DeviceSigns(groups.Count > 0 ? groups[0] : null, named, drain, promises.Count > 0 ? promises[0] : null);
    }
}
