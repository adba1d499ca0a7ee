namespace SyncHealth.SyncEngine.Loop;

/// <summary>A time limit on a piece of work, joined with the cancellation of the whole. Disposal lets go of both.</summary>
public sealed class Deadline : IDisposable
{
    private readonly CancellationTokenSource _limit;
    private readonly CancellationTokenSource _joined;
    private readonly Action<CancellationTokenSource>? _released;

    /// <summary>Joins a limit, which this takes over, with the caller's cancellation.</summary>
    /// <param name="limit">Cancelled when the time is up.</param>
    /// <param name="cancellationToken">The caller's cancellation.</param>
    /// <param name="released">Told when the work is over and the limit is let go of.</param>
    public Deadline(CancellationTokenSource limit, CancellationToken cancellationToken, Action<CancellationTokenSource>? released = null)
    {
        ArgumentNullException.ThrowIfNull(limit);
        _limit = limit;
        _joined = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        _released = released;
    }

    /// <summary>Cancelled when the limit is reached or the whole is cancelled.</summary>
    public CancellationToken Token => _joined.Token;

    /// <inheritdoc/>
    public void Dispose()
    {
        _released?.Invoke(_limit);
        _joined.Dispose();
        _limit.Dispose();
    }
}
