using SyncHealth.Client.Diagnostics;
using SyncHealth.Client.Recording;

namespace SyncHealth.Client.Queue;

/// <summary>
/// The durable queue. Every method is one transaction and says whether it was committed; failures are kept in <see cref="Problem"/>, never thrown.
/// Called by the writing and the sending loop, one at a time.
/// </summary>
internal sealed class EventQueue(QueueFolder folder, QueueLimits limits, Uptime uptime, Announcer announcer) : IDisposable
{
    private readonly object _gate = new();
    private readonly EventAppender _appender = new(uptime);
    private readonly BatchStore _batches = new(uptime, limits);
    private QueueConnection? _connection;
    private QueuedBatch? _inFlight;
    private LearnedClock? _keptClock;
    private bool _disposed;

    /// <summary>The books as of the last commit; <see langword="null"/> until the file is open.</summary>
    internal QueueBooks? Books { get; private set; }

    /// <summary>Why the last transaction failed; <see langword="null"/> when it was committed.</summary>
    internal string? Problem { get; private set; }

    /// <summary>Opens the file if it is not open.</summary>
    internal bool TryOpen() => Commit(_ => { });

    /// <summary>Stores events, and losses that happened before the queue.</summary>
    internal bool Append(IReadOnlyList<EventRecord> records, IReadOnlyDictionary<string, long> drops) => Commit(connection =>
    {
        // Asked whether all is on disk, with nothing new: it is, and the disk is not written for the question.
        if (records.Count == 0 && drops.Count == 0)
            return;
        _appender.Append(connection, Books!, records, drops);
        _batches.Trim(connection, _inFlight);
    });

    /// <summary>Takes the next batch to send and counts the attempt. It is spared from trimming until it is settled or released.</summary>
    /// <param name="newest">Takes the newest events instead of the oldest.</param>
    internal QueuedBatch? Take(bool newest = false)
    {
        QueuedBatch? taken = null;
        var committed = Commit(connection =>
        {
            _batches.Trim(connection, null);
            taken = _batches.Take(connection, newest);
        });
        return _inFlight = committed ? taken : null;
    }

    /// <summary>Takes what is to be told of a queue without events, and counts the attempt.</summary>
    internal QueuedBatch? TakeAccount()
    {
        QueuedBatch? taken = null;
        return _inFlight = Commit(connection => taken = _batches.TakeAccount(connection)) ? taken : null;
    }

    /// <summary>The server has answered for the batch.</summary>
    internal bool Settle(QueuedBatch batch, int rejected) => Finish(batch, connection =>
    {
        BatchStore.Settle(connection, batch, rejected);
        KeepClock(connection);
    });

    /// <summary>The batch can never be delivered.</summary>
    internal bool GiveUp(QueuedBatch batch, string reason) => Finish(batch, connection => BatchStore.GiveUp(connection, batch, reason));

    /// <summary>The server refuses the batch as a whole: smaller ones may pass.</summary>
    internal bool Halve(QueuedBatch batch) => Finish(batch, connection => BatchStore.Halve(connection, batch));

    /// <summary>The server failed on this batch: it is put off, others go on.</summary>
    internal bool Hold(QueuedBatch batch, TimeSpan delay) => Finish(batch, connection => _batches.Hold(connection, batch, delay));

    /// <summary>Removes everything, the identity too. An answer that comes later finds no batch to book.</summary>
    internal bool Forget()
    {
        _inFlight = null;
        return Commit(connection =>
        {
            _appender.Forget();
            _keptClock = null;
            connection.Execute("ForgetAll", ("@id", Guid.NewGuid().ToString()));
        });
    }

    /// <summary>The batch stays as it is, to be sent again.</summary>
    internal void Release() => _inFlight = null;

    /// <summary>Time until a held batch may go.</summary>
    internal TimeSpan? UntilDue()
    {
        TimeSpan? due = null;
        Commit(connection => due = _batches.UntilDue(connection));
        return due;
    }

    public void Dispose()
    {
        lock (_gate)
        {
            _disposed = true;
            _connection?.Dispose();
            _connection = null;
            folder.Dispose();
        }
    }

    // Ids are given again when a file is emptied or made anew: the key tells whether it is still this batch.
    private bool Finish(QueuedBatch batch, Action<QueueConnection> work)
    {
        var done = Commit(connection =>
        {
            if (connection.Scalar("BatchKey", ("@batch_id", batch.Id)) as string == batch.Key)
                work(connection);
        });
        Release();
        return done;
    }

    // For the runs to come: what this one recorded is only as right as its clock. Kept again after a commit that failed or a file that is new.
    private void KeepClock(QueueConnection connection)
    {
        if (uptime.Learned is not { } learned || ReferenceEquals(learned, _keptClock))
            return;
        connection.Execute("KeepClock", ("@session", uptime.Session), ("@offset_ms", learned.OffsetMs), ("@origin_ms", learned.OriginMs));
        _keptClock = learned;
    }

    private bool Commit(Action<QueueConnection> work)
    {
        lock (_gate)
        {
            if (_disposed)
                return false;
            try
            {
                Run(work);
                Problem = null;
                return true;
            }
#pragma warning disable CA1031 // Whatever the disk or SQLite throws, the app goes on and the loop tries again.
            catch (Exception exception)
#pragma warning restore CA1031
            {
                Fail(exception);
                return false;
            }
        }
    }

    private void Run(Action<QueueConnection> work)
    {
        if (_connection is not null && folder.IsGone)
            Move(_connection);
        var connection = _connection ??= Open();
        using var transaction = connection.Begin();
        work(connection);
        // Read before the commit: after it, a read that fails would report as lost what is safe, and it would be stored twice.
        var after = QueueBooks.Read(connection);
        transaction.Commit();
        var before = Books!;
        Books = after;
        ClientMetrics.Booked(before, after);
    }

    private QueueConnection Open()
    {
        var opened = folder.Open();
        Books = QueueBooks.Read(opened);
        if (folder.Replaced)
            announcer.Announce("queue_damaged", "The telemetry queue was damaged, was set aside as *.damaged and replaced; what could be read was kept, the loss is counted and reported.");
        return opened;
    }

    // The file was deleted while it was open: it can still be read, and what it held goes into a new one.
    private void Move(QueueConnection gone)
    {
        var salvage = Salvage.Read(gone);
        _appender.Forget();
        _keptClock = null;
        _connection = null;
        gone.Dispose();
        _connection = folder.Open(salvage);
    }

    private void Fail(Exception exception)
    {
        Problem = exception.Message;
        _appender.Forget();
        _keptClock = null;
        // Opening again checks the file, and replaces it when it is damaged.
        if (QueueFolder.IsDamage(exception))
        {
            _connection?.Dispose();
            _connection = null;
        }

        announcer.Announce("storage_unavailable", "The telemetry queue cannot be written; events wait in memory and are dropped and counted when that is full. Free disk space or check the folder's rights.");
    }
}
