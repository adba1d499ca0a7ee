using SyncHealth.Contracts;

namespace SyncHealth.Client.Queue;

/// <summary>Makes, reads, halves and settles batches, inside the caller's transaction.</summary>
internal sealed class BatchStore(Uptime uptime, QueueLimits limits)
{
    // A date further ahead than any hold we set came from a clock that was wrong then or is now.
    private static readonly TimeSpan Horizon = TimeSpan.FromHours(3);

    /// <summary>Takes the oldest batch that is due, or makes one, and counts the attempt; <see langword="null"/> when there is none.</summary>
    internal QueuedBatch? Take(QueueConnection connection)
    {
        var now = uptime.Wall;
        var due = connection.Scalar("DueBatch", ("@now_ms", now.ToUnixTimeMilliseconds()), ("@horizon_ms", (now + Horizon).ToUnixTimeMilliseconds()));
        return (due as long? ?? Make(connection)) is { } id ? Read(connection, Start(connection, id)) : null;
    }

    /// <summary>The server has answered for the batch.</summary>
    internal static void Settle(QueueConnection connection, QueuedBatch batch, int rejected)
    {
        connection.Execute("CountSent", ("@count", (long)batch.Events.Count), ("@rejected", (long)rejected));
        Remove(connection, batch.Id, batch.FirstSeq, batch.LastSeq);
    }

    /// <summary>The batch is given up; what it would have told is for another one to tell.</summary>
    internal static void GiveUp(QueueConnection connection, QueuedBatch batch, string reason)
    {
        if (reason == DropReasons.Poison)
            connection.Execute("KeepPoison", ("@first_seq", batch.FirstSeq), ("@last_seq", batch.LastSeq));
        connection.Execute("UntellDropped", ("@batch_id", batch.Id));
        connection.Execute("CountDropped", ("@reason", reason), ("@count", (long)batch.Events.Count));
        Remove(connection, batch.Id, batch.FirstSeq, batch.LastSeq);
    }

    /// <summary>Makes two batches of one, each under a key of its own.</summary>
    internal static void Halve(QueueConnection connection, QueuedBatch batch)
    {
        var middle = (long)connection.Scalar("Middle", ("@first_seq", batch.FirstSeq), ("@last_seq", batch.LastSeq), ("@half", (long)batch.Events.Count / 2))!;
        var first = Add(connection, batch.FirstSeq, middle);
        Add(connection, middle + 1, batch.LastSeq);
        connection.Execute("MoveDropped", ("@from", batch.Id), ("@to", first));
        connection.Execute("ForgetBatch", ("@batch_id", batch.Id));
    }

    /// <summary>Books a failure of the server on this batch and puts it off.</summary>
    internal void Hold(QueueConnection connection, QueuedBatch batch, TimeSpan delay) =>
        connection.Execute("HoldBatch", ("@batch_id", batch.Id), ("@not_before_ms", (uptime.Wall + delay).ToUnixTimeMilliseconds()));

    /// <summary>Wall time until a held batch may go, or <see langword="null"/> without one.</summary>
    internal TimeSpan? UntilDue(QueueConnection connection) => connection.Scalar("NextDue") is long at
        ? TimeSpan.FromMilliseconds(Math.Min(Math.Max(0, at - uptime.WallMs), Horizon.TotalMilliseconds))
        : null;

    /// <summary>Drops from the oldest end until age and size are in bounds; whole batches, so that a resend is never a smaller batch. Spares the one in flight.</summary>
    internal void Trim(QueueConnection connection, QueuedBatch? inFlight)
    {
        var bytes = QueueBooks.Read(connection).QueuedBytes;
        var after = 0L;
        while (Oldest(connection, after) is { } oldest)
        {
            if (oldest.BatchId is { } held && held == inFlight?.Id)
            {
                after = oldest.LastSeq;
                continue;
            }

            var reason = oldest.Expired ? DropReasons.Expired : bytes > limits.MaxBytes ? DropReasons.QueueFull : null;
            if (reason is null)
                return;
            Drop(connection, oldest, reason);
            bytes = QueueBooks.Read(connection).QueuedBytes;
        }
    }

    private static void Drop(QueueConnection connection, OldestEvent oldest, string reason)
    {
        var before = QueueBooks.Read(connection).Queued;
        if (oldest.BatchId is { } batch)
        {
            connection.Execute("UntellDropped", ("@batch_id", batch));
            Remove(connection, batch, oldest.Seq, oldest.LastSeq);
        }
        else
        {
            connection.Execute("RemoveEvent", ("@seq", oldest.Seq));
        }

        var count = before - QueueBooks.Read(connection).Queued;
        connection.Execute("CountDropped", ("@reason", reason), ("@count", count));
    }

    private OldestEvent? Oldest(QueueConnection connection, long after)
    {
        using var command = connection.Command("Oldest", ("@after_seq", after));
        using var row = command.ExecuteReader();
        if (!row.Read())
            return null;
        var seq = row.GetInt64(0);
        var expired = uptime.IsOlder(row.GetInt64(2), row.IsDBNull(3) ? null : row.GetInt64(3), row.GetInt64(1), limits.MaxAge);
        return row.IsDBNull(4) ? new OldestEvent(seq, expired, null, seq) : new OldestEvent(seq, expired, row.GetInt64(4), row.GetInt64(6));
    }

    private long? Make(QueueConnection connection)
    {
        long first = 0, last = 0, resource = 0, bytes = 0;
        using (var command = connection.Command("Unbatched", ("@limit", (long)limits.BatchSize)))
        using (var rows = command.ExecuteReader())
            while (rows.Read())
            {
                bytes += rows.GetInt64(2);
                if (first != 0 && (rows.GetInt64(1) != resource || bytes > QueueLimits.MaxBatchBytes))
                    break;
                last = rows.GetInt64(0);
                resource = rows.GetInt64(1);
                if (first == 0)
                    first = last;
            }

        if (first == 0)
            return null;
        var id = Add(connection, first, last);
        connection.Execute("TellDropped", ("@batch_id", id));
        return id;
    }

    private static long Add(QueueConnection connection, long first, long last) =>
        (long)connection.Scalar("AddBatch", ("@key", Guid.NewGuid().ToString()), ("@first_seq", first), ("@last_seq", last))!;

    private static void Remove(QueueConnection connection, long id, long first, long last) =>
        connection.Execute("RemoveBatch", ("@batch_id", id), ("@first_seq", first), ("@last_seq", last));

    private static QueuedBatch Start(QueueConnection connection, long id)
    {
        using var command = connection.Command("StartAttempt", ("@batch_id", id));
        using var row = command.ExecuteReader();
        row.Read();
        return new QueuedBatch(row.GetInt64(0), row.GetString(1), row.GetInt64(2), row.GetInt64(3), row.GetInt32(4), row.GetInt32(5));
    }

    private QueuedBatch Read(QueueConnection connection, QueuedBatch batch)
    {
        var events = new List<QueuedEvent>();
        using (var command = connection.Command("BatchEvents", ("@first_seq", batch.FirstSeq), ("@last_seq", batch.LastSeq)))
        using (var rows = command.ExecuteReader())
            while (rows.Read())
                events.Add(new QueuedEvent(
                    rows.GetFieldValue<byte[]>(3),
                    uptime.AgeMs(rows.GetInt64(1), rows.IsDBNull(2) ? null : rows.GetInt64(2), rows.GetInt64(0), limits.MaxAge)));

        var dropped = new List<KeyValuePair<string, long>>();
        using (var command = connection.Command("BatchDropped", ("@batch_id", batch.Id)))
        using (var rows = command.ExecuteReader())
            while (rows.Read())
                dropped.Add(new KeyValuePair<string, long>(rows.GetString(0), rows.GetInt64(1)));

        var resource = (byte[])connection.Scalar("BatchResource", ("@first_seq", batch.FirstSeq), ("@last_seq", batch.LastSeq))!;
        return batch with { Resource = resource, Events = events, Dropped = dropped };
    }
}
