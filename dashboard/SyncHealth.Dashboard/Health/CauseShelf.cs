using SyncHealth.Dashboard.Live;
using SyncHealth.Storage.Causes;

namespace SyncHealth.Dashboard.Health;

/// <summary>Keeps what explains a drop a while: the overview asks every few seconds, and in a large fleet it takes longer than all its other questions together.</summary>
/// <param name="pace">Measures what a read costs a real database: the wall clock, not the shared one.</param>
public sealed class CauseShelf(ICauseReader causes, TimeProvider pace)
{
    private readonly Shelf<(string App, string Filters, DateTimeOffset Hour, bool Lasts), CauseAnswer?> _shelf = new(pace);

    /// <summary>Segments are counted in whole hours, so a drop that began in the same hour, and is over or not as before, is the same one.</summary>
    public Task<CauseAnswer?> ReadAsync(CauseQuery query, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        var hour = query.From.AddTicks(-(query.From.UtcTicks % TimeSpan.TicksPerHour));
        return _shelf.ReadAsync((query.App, ShelfKey.Of(query.Filters), hour, query.To == query.Now), token => causes.ReadAsync(query, token), cancellationToken);
    }
}
