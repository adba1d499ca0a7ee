using Dapper;
using Npgsql;

namespace SyncHealth.Storage.Fold;

/// <summary>Moves increments into the rollups of every grain, and compacts sketches that grew by concatenation.</summary>
/// <remarks>All in one transaction: a reader's snapshot sees every increment either among the waiting ones or in the rollups.</remarks>
internal sealed class CoreFold(StorageOptions options)
{
    private static readonly string TakeIncrements = SqlFile.Beside<CoreFold>("TakeIncrements");
    private static readonly string TakeArrivals = SqlFile.Beside<CoreFold>("TakeArrivals");
    private static readonly string FoldRollup = SqlFile.Beside<CoreFold>("FoldRollup");
    private static readonly string Compact = SqlFile.Beside<CoreFold>("CompactRollup");
    private static readonly string FoldErrors = SqlFile.Beside<CoreFold>("FoldErrors");
    private static readonly string FoldConflicts = SqlFile.Beside<CoreFold>("FoldConflicts");
    private static readonly string FoldLags = SqlFile.Beside<CoreFold>("FoldLags");

    /// <summary>Increments of one statement: some 80 ms, so that a fold can rest between two.</summary>
    private const int MaxTaken = 20_000;

    /// <summary>Rows of one statement, into any table: some 80 ms as well.</summary>
    internal const int MaxRows = 2_000;

    private readonly MarginFold _margins = new();

    /// <summary>Folds at most <paramref name="limit"/> increments; returns how many.</summary>
    public Task<long> FoldAsync(NpgsqlTransaction transaction, int limit, DateTimeOffset now, FoldPace pace, CancellationToken cancellationToken) =>
        FoldAsync(TakeIncrements, transaction, limit, now, pace, cancellationToken);

    /// <summary>Moves at most <paramref name="limit"/> old minutes of arrivals into their hours; returns how many.</summary>
    public Task<long> FoldArrivalsAsync(NpgsqlTransaction transaction, int limit, DateTimeOffset now, CancellationToken cancellationToken) =>
        FoldAsync(TakeArrivals, transaction, limit, now, FoldPace.None, cancellationToken);

    private async Task<long> FoldAsync(string take, NpgsqlTransaction transaction, int limit, DateTimeOffset now, FoldPace pace, CancellationToken cancellationToken)
    {
        var minutesFrom = options.MinutesFrom(now).UtcDateTime;
        var sums = new CoreSums(minutesFrom);
        await using (var command = new NpgsqlCommand(take, transaction.Connection, transaction) { Parameters = { new("MinutesFrom", minutesFrom) } })
            await TakeAsync(command, sums, limit, pace, cancellationToken);
        if (sums.Increments == 0)
            return 0;

        foreach (var (table, rows) in TablesOf(sums))
            await UpsertAsync(transaction, table, rows, pace, cancellationToken);
        await AddSidesAsync(transaction, sums, pace, cancellationToken);
        await _margins.FoldAsync(transaction, sums, pace, cancellationToken);
        return sums.Increments;
    }

    /// <summary>Takes what waits, some of it at a time, and adds it up.</summary>
    private static async Task TakeAsync(NpgsqlCommand take, CoreSums sums, int limit, FoldPace pace, CancellationToken cancellationToken)
    {
        var most = new NpgsqlParameter<int>("Limit", MaxTaken);
        take.Parameters.Add(most);
        for (long taken = MaxTaken; taken == most.TypedValue && sums.Increments < limit;)
        {
            most.TypedValue = (int)Math.Min(MaxTaken, limit - sums.Increments);
            await using (var rows = await take.ExecuteReaderAsync(cancellationToken))
                taken = await sums.AddAsync(rows, cancellationToken);
            await pace.RestAsync(cancellationToken);
        }

        sums.AddUp();
    }

    private static (string Table, RollupRows Rows)[] TablesOf(CoreSums sums) =>
    [
        ("rollup_minute", sums.Minutes), ("rollup_hour", sums.Hours), ("rollup_day", sums.Days),
        ("rollup_fine_hour", sums.FineHours), ("rollup_fine_day", sums.FineDays), ("rollup_arrival", sums.Arrivals),
    ];

    private static async Task UpsertAsync(NpgsqlTransaction transaction, string table, RollupRows rows, FoldPace pace, CancellationToken cancellationToken)
    {
        foreach (var parameters in rows.ToParameters(MaxRows))
        {
            await UpsertAsync(transaction, table, parameters, cancellationToken);
            await pace.RestAsync(cancellationToken);
        }
    }

    private static async Task UpsertAsync(NpgsqlTransaction transaction, string table, DynamicParameters parameters, CancellationToken cancellationToken)
    {
        parameters.Add("Table", table);
        parameters.Add("MaxSketchBytes", CompactSketches.WorthALookBytes);
        var grown = await transaction.Connection!.QueryAsync<GrownRow>(new CommandDefinition(FoldRollup, parameters, transaction, cancellationToken: cancellationToken));
        var worth = grown.Select(row => (Row: row, Sketches: CompactSketches.Of(row.SuccessSketch, row.OtherSketch))).Where(pair => pair.Sketches is not null).ToList();
        if (worth.Count > 0)
            await CompactAsync(transaction, table, worth, cancellationToken);
    }

    private static async Task AddSidesAsync(NpgsqlTransaction transaction, CoreSums sums, FoldPace pace, CancellationToken cancellationToken)
    {
        var errors = sums.Errors.Sorted();
        await ExecuteAsync(transaction, FoldErrors, errors.Count, () => new
        {
            CoreIds = errors.Select(row => row.CoreId).ToArray(),
            Hours = errors.Select(row => row.Hour).ToArray(),
            ErrorIds = errors.Select(row => row.Id).ToArray(),
            Attempts = errors.Select(row => checked((int)row.Count)).ToArray(),
        }, cancellationToken);
        await pace.RestAsync(cancellationToken);
        var conflicts = sums.Conflicts.Sorted();
        await ExecuteAsync(transaction, FoldConflicts, conflicts.Count, () => new
        {
            CoreIds = conflicts.Select(row => row.CoreId).ToArray(),
            Hours = conflicts.Select(row => row.Hour).ToArray(),
            ConflictIds = conflicts.Select(row => row.Id).ToArray(),
            Conflicts = conflicts.Select(row => row.Count).ToArray(),
            Discarded = conflicts.Select(row => row.Discarded).ToArray(),
        }, cancellationToken);
        await pace.RestAsync(cancellationToken);
        await ExecuteAsync(transaction, FoldLags, sums.Lags.Count, () => new
        {
            CoreIds = sums.Lags.Select(lag => lag.Key.CoreId).ToArray(),
            ArrivalHours = sums.Lags.Select(lag => lag.Key.ArrivalHour).ToArray(),
            Hours = sums.Lags.Select(lag => lag.Key.Hour).ToArray(),
            LagClasses = sums.Lags.Select(lag => lag.Key.LagClass).ToArray(),
            Attempts = sums.Lags.Select(lag => lag.Value).ToArray(),
        }, cancellationToken);
        await pace.RestAsync(cancellationToken);
    }

    private static async Task ExecuteAsync(NpgsqlTransaction transaction, string sql, int rows, Func<object> parameters, CancellationToken cancellationToken)
    {
        if (rows > 0)
            await transaction.Connection!.ExecuteAsync(new CommandDefinition(sql, parameters(), transaction, cancellationToken: cancellationToken));
    }

    /// <summary>Replaces the sketches of rows of one rollup, in the transaction that read them under the fold's lock.</summary>
    public static Task<int> CompactAsync(
        NpgsqlTransaction transaction, string table, List<(GrownRow Row, CompactSketches? Sketches)> grown, CancellationToken cancellationToken) =>
        transaction.Connection!.ExecuteAsync(new CommandDefinition(
            Compact,
            new
            {
                Table = table,
                Ids = grown.Select(pair => pair.Row.Id).ToArray(),
                PromotedIds = grown.Select(pair => pair.Row.PromotedId).ToArray(),
                Ats = grown.Select(pair => pair.Row.At).ToArray(),
                LagClasses = grown.Select(pair => pair.Row.LagClass).ToArray(),
                SuccessSketches = grown.Select(pair => pair.Sketches!.Success).ToArray(),
                OtherSketches = grown.Select(pair => pair.Sketches!.Other).ToArray(),
            },
            transaction,
            cancellationToken: cancellationToken));
}
