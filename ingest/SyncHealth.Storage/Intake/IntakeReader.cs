using Dapper;
using Npgsql;
using SyncHealth.Storage.Vitals;

namespace SyncHealth.Storage.Intake;

/// <summary>Reads the state of the intake from Postgres.</summary>
public sealed class IntakeReader(NpgsqlDataSource dataSource) : IIntakeReader
{
    private static readonly string IntakeFacts = SqlFile.Beside<IntakeReader>("IntakeFacts");
    private static readonly string Arrivals = SqlFile.Beside<IntakeReader>("Arrivals");
    private static readonly string Losses = SqlFile.Beside<IntakeReader>("Losses");
    private static readonly string Tallies = SqlFile.Beside<IntakeReader>("Tallies");

    /// <inheritdoc/>
    public async Task<IntakeFacts> ReadFactsAsync(string app, DateTimeOffset now, CancellationToken cancellationToken) =>
        (await QueryAsync<IntakeFacts>(IntakeFacts, new { app, now = now.UtcDateTime }, cancellationToken))[0];

    /// <inheritdoc/>
    public async Task<IReadOnlyList<ArrivalCount>> ReadArrivalsAsync(string app, DateTimeOffset from, DateTimeOffset to, TimeSpan step, CancellationToken cancellationToken) =>
        [.. (await QueryAsync<(DateTime At, short LagClass, long Attempts)>(Arrivals, new { app, from = from.UtcDateTime, to = to.UtcDateTime, step }, cancellationToken))
            .Select(row => new ArrivalCount(VitalsReader.Utc(row.At), row.LagClass, row.Attempts))];

    /// <inheritdoc/>
    public async Task<IReadOnlyList<IntakeLoss>> ReadLossesAsync(string app, DateTimeOffset from, DateTimeOffset to, CancellationToken cancellationToken) =>
        [.. (await QueryAsync<(string Kind, string Reason, long Count, DateTime LastAt)>(Losses, new { app, from = from.UtcDateTime, to = to.UtcDateTime }, cancellationToken))
            .Select(row => new IntakeLoss(row.Kind, row.Reason, row.Count, VitalsReader.Utc(row.LastAt)))];

    /// <inheritdoc/>
    public async Task<IntakeTally> ReadTallyAsync(string app, DateTimeOffset from, DateTimeOffset to, CancellationToken cancellationToken)
    {
        var start = IntakeTallies.BucketOf(from);
        var rows = await QueryAsync<(bool IsKnown, string Reason, long Events)>(Tallies, new { app, from = start.UtcDateTime, to = to.UtcDateTime }, cancellationToken);
        var known = rows.Where(row => row.IsKnown).ToDictionary(row => row.Reason, row => row.Events);
        return new IntakeTally(
            start, Taken(TallyReasons.Accepted), Taken(TallyReasons.Duplicate), Taken(TallyReasons.IdConflict), Rejected(isKnown: true), Rejected(isKnown: false));

        long Taken(string reason) => known.GetValueOrDefault(reason);

        IReadOnlyList<KeyValuePair<string, long>> Rejected(bool isKnown) =>
            [.. rows.Where(row => row.IsKnown == isKnown && !TallyReasons.IsTaken(row.Reason)).Select(row => KeyValuePair.Create(row.Reason, row.Events))];
    }

    private async Task<IReadOnlyList<T>> QueryAsync<T>(string sql, object parameters, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        return [.. await connection.QueryAsync<T>(new CommandDefinition(sql, parameters, cancellationToken: cancellationToken))];
    }
}
