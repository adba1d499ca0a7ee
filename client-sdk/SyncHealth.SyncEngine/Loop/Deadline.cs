namespace SyncHealth.SyncEngine.Loop;

/// <summary>A time limit on a piece of work, joined with the cancellation of the whole. Disposal lets go of both.</summary>
public sealed class Deadline : IDisposable
{
    private readonly CancellationTokenSource _limit;
    private readonly CancellationTokenSource _joined;

    /// <summary>Joins a limit, which this takes over, with the caller's cancellation.</summary>
    public Deadline(CancellationTokenSource limit, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(limit);
        _limit = limit;
        _joined = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
    }

    /// <summary>Cancelled when the limit is reached or the whole is cancelled.</summary>
    public CancellationToken Token => _joined.Token;

    /// <inheritdoc/>
    public void Dispose()
    {
        _joined.Dispose();
        _limit.Dispose();
    }
}
