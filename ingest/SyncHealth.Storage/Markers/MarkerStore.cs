using Dapper;
using Npgsql;

namespace SyncHealth.Storage.Markers;

/// <summary>Markers in the database.</summary>
public sealed class MarkerStore(NpgsqlDataSource dataSource, TimeProvider clock) : IMarkerReader
{
    /// <summary>Markers of one answer: more would hide the chart they stand on.</summary>
    public const int MaxListed = 1_000;

    private static readonly string Insert = SqlFile.Beside<MarkerStore>("InsertMarker");
    private static readonly string List = SqlFile.Beside<MarkerStore>("ListMarkers");

    /// <summary>Sets a marker; the same one again changes nothing.</summary>
    public async Task AddAsync(Marker marker, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(marker);
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await connection.ExecuteAsync(new CommandDefinition(
            Insert, new { marker.Id, marker.App, At = marker.At.UtcDateTime, marker.Text, Now = clock.GetUtcNow().UtcDateTime }, cancellationToken: cancellationToken));
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<Marker>> ListAsync(string? app, DateTimeOffset from, DateTimeOffset to, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        var rows = await connection.QueryAsync<MarkerRow>(new CommandDefinition(
            List, new { App = app, From = from.UtcDateTime, To = to.UtcDateTime, Limit = MaxListed }, cancellationToken: cancellationToken));
        return [.. rows.Select(row => row.ToMarker()).Reverse()];
    }
}
