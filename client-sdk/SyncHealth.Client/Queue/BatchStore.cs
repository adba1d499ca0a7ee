using Microsoft.Data.Sqlite;
using SyncHealth.Contracts;

namespace SyncHealth.Client.Queue;

/// <summary>Makes, reads, halves and settles batches, inside the caller's transaction.</summary>
internal sealed class BatchStore(Uptime uptime, QueueLimits limits)
{
    // A date further ahead than any hold we set came from a clock that was wrong then or is now.
    private static readonly TimeSpan Horizon = TimeSpan.FromHours(3);

    // Where the last batch of the newest events began: until it has arrived it stays the newest, so that attempts do not leave ever more batches behind.
    private long? _newestFrom;

    /// <summary>Takes the oldest batch that is due, or makes one, and counts the attempt; <see langword="null"/> when there is none.</summary>
    /// <param name="newest">Takes the newest events first, if no batch holds them yet.</param>
    internal QueuedBatch? Take(QueueConnection connection, bool newest)
    {
        var id = (newest || IsClockUnsaid(connection) ? DueNewest(connection) ?? Make(connection, "Newest") : null) ?? Due(connection, "DueBatch") ?? Make(connection, "Unbatched");
        return id is { } found ? Read(connection, Start(connection, found)) : null;
    }

    /// <summary>
    /// Takes the batch that tells losses and has no events, or makes one where nobody was told of some yet, and counts the attempt; <see langword="null"/> when there is
    /// nothing to tell. For a file whose events are all gone: whoever records on tells them with the next event.
    /// </summary>
    internal QueuedBatch? TakeAccount(QueueConnection connection)
    {
        var id = connection.Scalar("Account") as long? ?? MakeAccount(connection);
        return id is { } found ? Read(connection, Start(connection, found)) : null;
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
        // It was refused now: an earlier attempt may have arrived.
        var left = batch.Attempt > 1;
        LossBook.TakeBack(connection, batch.Id, batch.Key, left);
        LossBook.Lose(connection, reason, batch.FirstSeq, batch.LastSeq, left);
        Remove(connection, batch.Id, batch.FirstSeq, batch.LastSeq);
    }

    /// <summary>Makes two batches of one, each under a key of its own.</summary>
    internal static void Halve(QueueConnection connection, QueuedBatch batch)
    {
        var middle = (long)connection.Scalar("Middle", ("@first_seq", batch.FirstSeq), ("@last_seq", batch.LastSeq), ("@half", (long)batch.Events.Count / 2))!;
        // What was sent before this refusal may have arrived, under whatever key.
        var first = Add(connection, batch.FirstSeq, middle, batch.Attempt - 1);
        Add(connection, middle + 1, batch.LastSeq, batch.Attempt - 1);
        LossBook.Move(connection, batch.Id, batch.Key, first);
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
            if (oldest.Batch is { } held && held.Id == inFlight?.Id)
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
        if (oldest.Batch is not { } batch)
        {
            LossBook.Lose(connection, reason, oldest.Seq, oldest.Seq, doubtful: false);
            connection.Execute("RemoveEvent", ("@seq", oldest.Seq));
            return;
        }

        var left = batch.Attempts > 0;
        LossBook.TakeBack(connection, batch.Id, batch.Key, left);
        LossBook.Lose(connection, reason, oldest.Seq, oldest.LastSeq, left);
        Remove(connection, batch.Id, oldest.Seq, oldest.LastSeq);
    }

    private OldestEvent? Oldest(QueueConnection connection, long after)
    {
        using var command = connection.Command("Oldest", ("@after_seq", after));
        using var row = command.ExecuteReader();
        if (!row.Read())
            return null;
        var seq = row.GetInt64(0);
        var expired = uptime.IsOlder(new RecordedMoment(row.GetInt64(1), row.GetInt64(2), OrNull(row, 3), OrNull(row, 4), OrNull(row, 5)), limits.MaxAge);
        return row.IsDBNull(6) ? new OldestEvent(seq, expired, null, seq) : new OldestEvent(seq, expired, (row.GetInt64(6), row.GetString(8), row.GetInt32(9)), row.GetInt64(7));
    }

    private long? DueNewest(QueueConnection connection) => _newestFrom is { } from ? Due(connection, "DueNewest", ("@first_seq", from)) : null;

    private long? Due(QueueConnection connection, string query, params (string Name, object? Value)[] more)
    {
        var now = uptime.Wall;
        return connection.Scalar(query, [.. more, ("@now_ms", now.ToUnixTimeMilliseconds()), ("@horizon_ms", (now + Horizon).ToUnixTimeMilliseconds())]) as long?;
    }

    // Events of a run whose clock was wrong wait until this run has heard the server's time: then their age can be said. Its own events ask for it.
    private bool IsClockUnsaid(QueueConnection connection) =>
        uptime.Learned is null && connection.Scalar("OtherClocks", ("@session", uptime.Session), ("@tolerance_ms", (long)Uptime.Tolerance.TotalMilliseconds)) is 1L;

    // A range without a hole: whoever speaks of it means nothing that has been delivered already.
    private long? Make(QueueConnection connection, string query)
    {
        var step = query == "Newest" ? -1 : 1;
        long first = 0, last = 0, resource = 0, session = 0, bytes = 0;
        using (var command = connection.Command(query, ("@limit", (long)limits.BatchSize)))
        using (var rows = command.ExecuteReader())
            while (rows.Read())
            {
                bytes += rows.GetInt64(2);
                if (first != 0 && (rows.GetInt64(0) != last + step || rows.GetInt64(1) != resource || bytes > QueueLimits.MaxBatchBytes || step < 0 && rows.GetInt64(3) != session))
                    break;
                last = rows.GetInt64(0);
                resource = rows.GetInt64(1);
                session = rows.GetInt64(3);
                if (first == 0)
                    first = last;
            }

        if (first == 0)
            return null;
        var id = Add(connection, Math.Min(first, last), Math.Max(first, last), attempts: 0);
        TakeOverAccount(connection, id);
        LossBook.Tell(connection, id);
        if (step < 0)
            _newestFrom = last;
        return id;
    }

    // An empty range: no event is in it, and none ever will be. Without a single event there is nobody who could say whose losses these are.
    private static long? MakeAccount(QueueConnection connection)
    {
        if (connection.Scalar("Untold") is not 1L || connection.Scalar("NewestResource") is null)
            return null;
        var id = Add(connection, first: 1, last: 0, attempts: 0);
        LossBook.Tell(connection, id);
        return id;
    }

    // Whoever records on may send over OpenTelemetry, which has no place for losses but an event.
    private static void TakeOverAccount(QueueConnection connection, long batchId)
    {
        if (connection.Scalar("Account") is not long account)
            return;
        LossBook.Move(connection, account, (string)connection.Scalar("BatchKey", ("@batch_id", account))!, batchId);
        connection.Execute("ForgetBatch", ("@batch_id", account));
    }

    private static long Add(QueueConnection connection, long first, long last, int attempts) =>
        (long)connection.Scalar("AddBatch", ("@key", Guid.NewGuid().ToString()), ("@first_seq", first), ("@last_seq", last), ("@attempts", (long)attempts))!;

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
            {
                var recorded = new RecordedMoment(rows.GetInt64(0), rows.GetInt64(1), OrNull(rows, 2), OrNull(rows, 4), OrNull(rows, 5));
                events.Add(new QueuedEvent(rows.GetFieldValue<byte[]>(3), uptime.AgeMs(recorded, limits.MaxAge)));
            }

        var resource = (byte[])(connection.Scalar("BatchResource", ("@first_seq", batch.FirstSeq), ("@last_seq", batch.LastSeq)) ?? connection.Scalar("NewestResource"))!;
        return batch with { Resource = resource, Events = events, Dropped = LossBook.ToldBy(connection, batch.Id) };
    }

    private static long? OrNull(SqliteDataReader row, int at) => row.IsDBNull(at) ? null : row.GetInt64(at);
}
