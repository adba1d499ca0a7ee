using Dapper;
using Npgsql;

namespace SyncHealth.Storage.Fold;

/// <summary>
/// Packs the fine hours that are over into one row per core segment and day. Numbers do not depend on it: readers add packs and rows. Any number of processes may run it;
/// while another one folds, it waits for its next round.
/// </summary>
internal static class FineHourPacks
{
    /// <summary>A packed sketch is joined with what comes to it up to this size, then written in its shortest form.</summary>
    private const int MaxSketchBytes = 6_000;

    /// <summary>How long an hour stays rows at least: by then most of what comes has arrived, and a row takes three times the bytes of a cell.</summary>
    private static readonly TimeSpan StayRows = TimeSpan.FromHours(3);

    private static readonly string TryLock = SqlFile.Beside<CoreFold>("TryLock");
    private static readonly string ListDays = SqlFile.Beside<CoreFold>("ListFineDays");
    private static readonly string PackDay = SqlFile.Beside<CoreFold>("PackFineHours");

    /// <summary>The rule in service: a core segment has some twenty fine ones an hour, so three hours of them are worth a pack.</summary>
    public static PackRule Rule { get; } = new() { LeastRows = 64 };

    /// <summary>Packs the days that have enough hours that are over at <paramref name="now"/>, as many as a round does; returns the rows packed.</summary>
    public static async Task<long> PackAsync(NpgsqlConnection connection, PackRule rule, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var before = StartOfHour(now - StayRows).UtcDateTime;
        var days = await connection.QueryAsync<DayPack>(new CommandDefinition(
            ListDays,
            new { rule.LeastRows, rule.LeastClosedRows, rule.GrowthShare, rule.ClosedShare, ClosedBefore = (now - rule.ClosedAfter).UtcDateTime, Before = before },
            cancellationToken: cancellationToken));
        long total = 0;
        foreach (var day in rule.RoundOf(days))
        {
            await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
            if (!await connection.ExecuteScalarAsync<bool>(new CommandDefinition(TryLock, new { Key = FoldLoop.LockKey }, transaction, cancellationToken: cancellationToken)))
                break;
            total += await connection.ExecuteScalarAsync<long>(new CommandDefinition(
                PackDay, new { day.CoreId, day.DayAt, Before = before, MaxSketchBytes }, transaction, cancellationToken: cancellationToken));
            await transaction.CommitAsync(cancellationToken);
        }

        return total;
    }

    private static DateTimeOffset StartOfHour(DateTimeOffset at) => at.AddTicks(-(at.UtcTicks % TimeSpan.TicksPerHour));
}
