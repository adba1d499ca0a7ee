using System.Collections.Concurrent;
using SyncHealth.Contracts;
using SyncHealth.Storage.Writes;

namespace SyncHealth.Faults.Tests.SeededBugs;

/// <summary>The mistakes that can be made around the writer, each by its name. A new instance each time: some of them remember.</summary>
internal static class WriterBugs
{
    public static WriterBug AckBeforeCommit() => new("ack before commit", (writer, batch, _) =>
    {
        writer.WriteAsync(batch, CancellationToken.None).AsTask();
        return new(new WriteReceipt(WriteStatus.Committed, batch.Events.Count, 0, 0));
    });

    public static WriterBug AckOfAFailure() => new("ack of a failed commit", async (writer, batch, cancellationToken) =>
        await writer.WriteAsync(batch, cancellationToken) is { Status: WriteStatus.Committed } receipt ? receipt : new(WriteStatus.Committed, batch.Events.Count, 0, 0));

    public static WriterBug NoDedup()
    {
        var number = 1L << 40;
        return new("no dedup", (writer, batch, cancellationToken) => writer.WriteAsync(With(batch, row => row with { IdHash = Interlocked.Increment(ref number) }), cancellationToken));
    }

    /// <summary>Remembers identities when they come and not when they are durable.</summary>
    public static WriterBug DedupOutsideTheTransaction()
    {
        var seen = new ConcurrentDictionary<(long, DateTimeOffset, long), bool>();
        return new("dedup outside the transaction", async (writer, batch, cancellationToken) =>
        {
            var all = batch.Events.Count;
            batch.Events.RemoveAll(row => !seen.TryAdd((row.DeviceKey, row.DeviceAt, row.IdHash), true));
            var receipt = await writer.WriteAsync(batch, cancellationToken);
            return receipt with { Duplicates = all - receipt.Accepted };
        });
    }

    /// <summary>Each process knows only what it has written itself, and the database is not asked.</summary>
    public static Func<BatchWriter, IEventWriter> DedupPerProcess() => writer =>
    {
        var seen = new ConcurrentDictionary<(long, DateTimeOffset, long), bool>();
        var number = 1L << 40;
        return new SpoiledWriter(writer, (inner, batch, cancellationToken) =>
        {
            batch.Events.RemoveAll(row => !seen.TryAdd((row.DeviceKey, row.DeviceAt, row.IdHash), true));
            return inner.WriteAsync(With(batch, row => row with { DeviceKey = Interlocked.Increment(ref number) }), cancellationToken);
        });
    };

    /// <summary>A second retrying layer that gives its try a new identity.</summary>
    public static WriterBug RetryUnderAnotherIdentity() => new("retry under another identity", async (writer, batch, cancellationToken) =>
        await writer.WriteAsync(batch, cancellationToken) is { Status: WriteStatus.Committed } receipt
            ? receipt
            : await writer.WriteAsync(With(batch, row => row with { IdHash = ~row.IdHash }), cancellationToken));

    public static WriterBug LoopDiesAfterAFailure()
    {
        var dead = false;
        return new("loop dies after a failure", async (writer, batch, cancellationToken) =>
        {
            var receipt = Volatile.Read(ref dead) ? new WriteReceipt(WriteStatus.Unavailable, 0, 0, 0) : await writer.WriteAsync(batch, cancellationToken);
            if (receipt.Status != WriteStatus.Committed)
                Volatile.Write(ref dead, true);
            return receipt;
        });
    }

    public static WriterBug ThrowsOn(WriteStatus status) => new($"500 when {status}", async (writer, batch, cancellationToken) =>
        await writer.WriteAsync(batch, cancellationToken) is var receipt && receipt.Status == status ? throw new InvalidOperationException("Seeded.") : receipt);

    public static WriterBug RoundsDurations() => new("durations rounded", (writer, batch, cancellationToken) =>
        writer.WriteAsync(With(batch, row => row with { DurationMs = row.DurationMs / 10 * 10 }), cancellationToken));

    public static WriterBug AttemptsAsHeartbeats() => new("attempts stored as heartbeats", (writer, batch, cancellationToken) =>
        writer.WriteAsync(With(batch, row => row with { Type = SyncType.Open, Outcome = SyncOutcome.None }), cancellationToken));

    public static WriterBug DropsTheLastEvent() => new("last event of a batch dropped", async (writer, batch, cancellationToken) =>
    {
        batch.Events.RemoveAt(batch.Events.Count - 1);
        var receipt = await writer.WriteAsync(batch, cancellationToken);
        return receipt with { Accepted = receipt.Accepted + 1 };
    });

    public static WriterBug AddsAnEvent() => new("event nobody sent", (writer, batch, cancellationToken) =>
    {
        batch.Events.Add(batch.Events[0] with { IdHash = ~batch.Events[0].IdHash, Seq = null });
        return TellOneLessAsync(writer, batch, cancellationToken);
    });

    public static WriterBug PoisonAbortsTheBatch() => new("poison aborts the batch", (writer, batch, cancellationToken) =>
        batch.Events.Any(row => row.Segment.AppVersion.Contains('\uFFFD', StringComparison.Ordinal) || row.ErrorCode?.Contains('\uFFFD', StringComparison.Ordinal) == true || row.Segment.Os.Contains('\uFFFD', StringComparison.Ordinal))
            ? new(new WriteReceipt(WriteStatus.Unavailable, 0, 0, 0))
            : writer.WriteAsync(batch, cancellationToken));

    public static WriterBug ConflictsNotCounted() => new("id conflicts not counted", async (writer, batch, cancellationToken) =>
        (await writer.WriteAsync(batch, cancellationToken)) with { IdConflicts = 0 });

    public static WriterBug DuplicatesAsAccepted() => new("duplicates counted as accepted", async (writer, batch, cancellationToken) =>
        await writer.WriteAsync(batch, cancellationToken) is var receipt ? receipt with { Accepted = receipt.Accepted + receipt.Duplicates, Duplicates = 0 } : default);

    /// <summary>The identity forgets the device's time, so that a resend weeks later finds no twin and another event does.</summary>
    public static WriterBug IdentityWithoutDevice() => new("identity without the device", (writer, batch, cancellationToken) =>
        writer.WriteAsync(With(batch, row => row with { DeviceKey = 1, DeviceAt = batch.ReceivedAt, IdHash = row.IdHash % 1_000 }), cancellationToken));

    private static async ValueTask<WriteReceipt> TellOneLessAsync(BatchWriter writer, EventBatch batch, CancellationToken cancellationToken)
    {
        var receipt = await writer.WriteAsync(batch, cancellationToken);
        return receipt.Accepted > 0 ? receipt with { Accepted = receipt.Accepted - 1 } : receipt with { Duplicates = receipt.Duplicates - 1 };
    }

    private static EventBatch With(EventBatch batch, Func<EventRow, EventRow> change)
    {
        for (var i = 0; i < batch.Events.Count; i++)
            batch.Events[i] = change(batch.Events[i]);
        return batch;
    }
}
