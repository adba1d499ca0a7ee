using Microsoft.Extensions.Logging;
using Npgsql;

namespace SyncHealth.Storage.Writes;

/// <summary>
/// Commits batches in groups: while a transaction is under way, requests gather for the next. Starts with the first batch;
/// disposing drains what was accepted. A receipt says <see cref="WriteStatus.Committed"/> only after COMMIT.
/// </summary>
public sealed class BatchWriter : IEventWriter, IAsyncDisposable
{
    private readonly NpgsqlDataSource _dataSource;
    private readonly ILogger<BatchWriter> _logger;
    private readonly StorageOptions _options;
    private readonly WriteQueue _queue;
    private readonly EventDictionaries _dictionaries = new();
    private readonly CancellationTokenSource _abort = new();
    private readonly Lazy<Task> _loops;
    private bool _disposed;

    public BatchWriter(NpgsqlDataSource dataSource, StorageOptions options, ILogger<BatchWriter> logger)
    {
        ArgumentNullException.ThrowIfNull(options);
        _dataSource = dataSource;
        _options = options;
        _logger = logger;
        _queue = new WriteQueue(options);
        _loops = new Lazy<Task>(Start);
    }

    /// <summary>Events that wait for a commit.</summary>
    public long QueuedEvents => _queue.Queued;

    /// <inheritdoc/>
    public bool IsOverloaded => _queue.IsOverloaded;

    /// <summary>False once it was told to stop.</summary>
    public bool IsAccepting => !_queue.IsClosed;

    /// <inheritdoc/>
    public async ValueTask<WriteReceipt> WriteAsync(EventBatch batch, CancellationToken cancellationToken)
    {
        var request = new WriteRequest(batch);
        if (_queue.TryAdd(request) is { } refusal)
            return new WriteReceipt(refusal, 0, 0, 0);
        _ = _loops.Value;
        return await request.Receipt.WaitAsync(cancellationToken);
    }

    /// <summary>Takes no more batches and commits what it has; what cannot be committed in time is answered as not durable.</summary>
    /// <remarks>Repeatable: a container that knows the writer under two types disposes it twice.</remarks>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, true))
            return;
        _queue.Close();
        if (_loops.IsValueCreated)
        {
            // The real clock: shutting down is a promise to the process's owner, not to the shared clock.
            _abort.CancelAfter(_options.DrainTimeout);
            await _loops.Value;
        }

        _abort.Dispose();
    }

    private Task Start() => Task.WhenAll(Enumerable.Range(0, _options.WriterConnections).Select(_ => Task.Run(RunLoopAsync)));

    private async Task RunLoopAsync()
    {
        await using var connection = new WriterConnection(_dataSource);
        var committer = new GroupCommitter(_dictionaries, _logger);
        var group = new List<WriteRequest>();
        while (await _queue.TakeAsync(group, CancellationToken.None))
            await CommitAsync(connection, committer, group);
    }

    private async Task CommitAsync(WriterConnection connection, GroupCommitter committer, List<WriteRequest> group)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(_abort.Token);
        deadline.CancelAfter(_options.CommitTimeout);
        try
        {
            await committer.CommitAsync(await connection.GetAsync(deadline.Token), group, deadline.Token);
        }
        catch (Exception exception)
        {
            // Whatever it was: a loop that dies would leave every later batch without an answer.
            Log.WriteFailed(_logger, group.Count, exception);
            await connection.DiscardAsync();
        }
        finally
        {
            // Completed requests keep their receipt. The others must not wait for ever, whatever went wrong.
            foreach (var request in group)
                request.Fail(WriteStatus.Unavailable);
        }
    }
}
