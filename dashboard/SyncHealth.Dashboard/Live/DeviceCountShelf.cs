using SyncHealth.Storage.Vitals;

namespace SyncHealth.Dashboard.Live;

/// <summary>
/// Keeps a while how many devices a range has: the first and last part of it, up to an hour each, are counted from raw events, which in a large fleet takes longer than all
/// else that the overview asks.
/// </summary>
/// <param name="pace">Measures what a read costs a real database: the wall clock, not the shared one.</param>
public sealed class DeviceCountShelf(IVitalsReader vitals, TimeProvider pace)
{
    private readonly Shelf<(string App, TimeSpan Length, string Filters), long?> _shelf = new(pace);

    /// <summary>Distinct devices with an attempt in the range of a question, all groups and points together. A past moment has one answer and is asked as it is.</summary>
    public Task<long?> ReadAsync(VitalsQuery query, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        var whole = query with { By = [], Step = null, Counts = VitalsCounts.Tallies, Parts = VitalsParts.Devices };
        if (query.AsOf is not null)
            return CountAsync(whole, cancellationToken);
        return _shelf.ReadAsync((query.App, query.To - query.From, ShelfKey.Of(query.Filters)), token => CountAsync(whole, token), cancellationToken);
    }

    private async Task<long?> CountAsync(VitalsQuery whole, CancellationToken cancellationToken) =>
        await vitals.ReadAsync(whole, cancellationToken) is { Groups: [{ Points: [var point] }] } ? point.Devices : null;
}
