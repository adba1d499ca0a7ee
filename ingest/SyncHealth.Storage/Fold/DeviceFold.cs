using Dapper;
using Npgsql;
using SyncHealth.Storage.Vitals;

namespace SyncHealth.Storage.Fold;

/// <summary>Moves device increments into the devices' last known state, their active hours, their days and their releases, and the fleet's standings along.</summary>
internal static class DeviceFold
{
    /// <summary>
    /// A day's sketch grows to this size before it is compacted: twice what the widest compact one can take, so that compaction always pays.
    /// Only a device that retries in a loop gets there (1,848 attempts).
    /// </summary>
    private const int MaxSketchBytes = 2 * DurationSketch.MaxBuckets * DurationSketch.UnitBytes;

    private static readonly string Sql = SqlFile.Beside<CoreFold>("FoldDevices");
    private static readonly string Compact = SqlFile.Beside<CoreFold>("CompactDeviceDays");

    /// <summary>Increments of one statement: each may be the hours of a whole day, so that they take some 100 ms.</summary>
    private const int MaxTaken = 1_000;

    /// <summary>Folds at most <paramref name="limit"/> increments; returns how many.</summary>
    public static async Task<long> FoldAsync(NpgsqlTransaction transaction, int limit, FoldPace pace, CancellationToken cancellationToken)
    {
        long folded = 0;
        for (long taken = MaxTaken; taken == MaxTaken && folded < limit; folded += taken)
        {
            taken = await FoldSomeAsync(transaction, MaxTaken, cancellationToken);
            await pace.RestAsync(cancellationToken);
        }

        return folded;
    }

    private static async Task<long> FoldSomeAsync(NpgsqlTransaction transaction, int limit, CancellationToken cancellationToken)
    {
        var parameters = new
        {
            Limit = limit,
            MaxSketchBytes,
            MaxStandingBytes = FleetStandings.MaxSketchBytes,
        };
        var rows = (await transaction.Connection!.QueryAsync<GrownDevices>(
            new CommandDefinition(Sql, parameters, transaction, cancellationToken: cancellationToken))).AsList();
        var days = rows.Where(row => row.Sketch is not null).ToList();
        if (days.Count > 0)
            await CompactAsync(transaction, days, cancellationToken);
        var standings = rows.Where(row => row.Depths is not null).ToList();
        if (standings.Count > 0)
            await FleetStandings.CompactAsync(transaction, standings, cancellationToken);
        return rows[0].Folded;
    }

    private static Task<int> CompactAsync(NpgsqlTransaction transaction, List<GrownDevices> grown, CancellationToken cancellationToken) =>
        transaction.Connection!.ExecuteAsync(new CommandDefinition(
            Compact,
            new
            {
                DayAts = grown.Select(row => row.At).ToArray(),
                CoreIds = grown.Select(row => row.CoreId).ToArray(),
                DeviceKeys = grown.Select(row => row.DeviceKey).ToArray(),
                Sketches = grown.Select(row => Sketches.Merged(row.Sketch!).Encode()).ToArray(),
            },
            transaction,
            cancellationToken: cancellationToken));
}
