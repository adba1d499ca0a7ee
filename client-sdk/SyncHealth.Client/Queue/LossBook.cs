using Microsoft.Data.Sqlite;

namespace SyncHealth.Client.Queue;

/// <summary>
/// Books losses and who tells them, inside the caller's transaction. A loss goes by the key of the batch that tells it. Once that batch may have arrived, the loss keeps
/// that name whoever tells it next, so that the server counts it once.
/// </summary>
internal static class LossBook
{
    /// <summary>Most named losses that one batch tells: about 10 KiB. The server reads 256 lines.</summary>
    private const long MaxTold = 64;

    /// <summary>Gives a new batch what nobody was told yet.</summary>
    internal static void Tell(QueueConnection connection, long batchId)
    {
        connection.Execute("TellDropped", ("@batch_id", batchId));
        connection.Execute("TellLosses", ("@batch_id", batchId), ("@limit", MaxTold));
    }

    /// <summary>What a batch tells.</summary>
    internal static IReadOnlyList<QueuedLoss> ToldBy(QueueConnection connection, long batchId)
    {
        var told = new List<QueuedLoss>();
        using (var command = connection.Command("BatchDropped", ("@batch_id", batchId)))
        using (var rows = command.ExecuteReader())
            while (rows.Read())
                told.Add(new QueuedLoss(rows.GetString(0), rows.GetInt64(1)));
        using (var command = connection.Command("BatchLosses", ("@batch_id", batchId)))
        using (var rows = command.ExecuteReader())
            while (rows.Read())
                told.Add(new QueuedLoss(rows.GetString(1), rows.GetInt64(2)) { Report = rows.GetString(0), Doubt = DoubtOf(rows) });
        return told;
    }

    /// <summary>The batch will not arrive as it is: what it tells is for another one to tell.</summary>
    /// <param name="key">Its key.</param>
    /// <param name="left">Whether it was ever sent.</param>
    internal static void TakeBack(QueueConnection connection, long batchId, string key, bool left)
    {
        if (left)
            connection.Execute("KeepTold", ("@batch_id", batchId), ("@key", key));
        else
            connection.Execute("UntellDropped", ("@batch_id", batchId));
        connection.Execute("FreeLosses", ("@batch_id", batchId));
    }

    /// <summary>What a sent batch tells is for another one to tell.</summary>
    /// <param name="key">The key of that batch.</param>
    internal static void Move(QueueConnection connection, long from, string key, long to)
    {
        connection.Execute("KeepTold", ("@batch_id", from), ("@key", key));
        connection.Execute("MoveLosses", ("@from", from), ("@to", to));
    }

    /// <summary>Books the events of a range as lost. Call it before they are removed.</summary>
    /// <param name="doubtful">Whether the server may have some of them.</param>
    internal static void Lose(QueueConnection connection, string reason, long first, long last, bool doubtful)
    {
        var (count, range) = RangeOf(connection, first, last);
        if (count == 0 || Extend(connection, reason, count, range))
            return;
        if (doubtful)
        {
            connection.Execute("AddLoss", [.. Parameters(reason, count, range), ("@report", Guid.NewGuid().ToString())]);
            connection.Execute("CountNamed", ("@reason", reason), ("@count", count));
        }
        else
        {
            connection.Execute("CountDropped", ("@reason", reason), ("@count", count));
        }
    }

    // Through a long time offline one loss grows, instead of thousands being told.
    private static bool Extend(QueueConnection connection, string reason, long count, DoubtfulRange range)
    {
        if (connection.Execute("ExtendLoss", Parameters(reason, count, range)) == 0)
            return false;
        connection.Execute("CountNamed", ("@reason", reason), ("@count", count));
        return true;
    }

    private static (string Name, object? Value)[] Parameters(string reason, long count, DoubtfulRange range) =>
    [
        ("@reason", reason), ("@count", count), ("@first_seq", range.FirstSeq), ("@last_seq", range.LastSeq), ("@first_at_ms", range.FirstAtMs), ("@last_at_ms", range.LastAtMs),
    ];

    private static (long Count, DoubtfulRange Range) RangeOf(QueueConnection connection, long first, long last)
    {
        using var command = connection.Command("RangeOf", ("@first_seq", first), ("@last_seq", last));
        using var row = command.ExecuteReader();
        row.Read();
        var count = row.GetInt64(0);
        return (count, count == 0 ? new DoubtfulRange(first, last, 0, 0) : new DoubtfulRange(first, last, row.GetInt64(1), row.GetInt64(2)));
    }

    private static DoubtfulRange? DoubtOf(SqliteDataReader row) =>
        row.IsDBNull(3) ? null : new DoubtfulRange(row.GetInt64(3), row.GetInt64(4), row.GetInt64(5), row.GetInt64(6));
}
