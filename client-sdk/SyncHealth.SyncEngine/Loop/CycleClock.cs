namespace SyncHealth.SyncEngine.Loop;

/// <summary>A cycle's time on an ordinary clock.</summary>
public sealed class CycleClock(TimeProvider time) : ICycleClock
{
    /// <inheritdoc/>
    public Task WaitAsync(TimeSpan duration, CancellationToken cancellationToken) => Task.Delay(duration, time, cancellationToken);

    /// <inheritdoc/>
    public Deadline Deadline(TimeSpan limit, CancellationToken cancellationToken) =>
        new(new CancellationTokenSource(limit, time), cancellationToken);
}
