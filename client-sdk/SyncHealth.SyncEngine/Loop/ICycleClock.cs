namespace SyncHealth.SyncEngine.Loop;

/// <summary>
/// How a cycle spends time. On a device that is the clock itself (<see cref="CycleClock"/>); a simulated device, whose network time is
/// modelled and whose processing is real, brings its own.
/// </summary>
public interface ICycleClock
{
    /// <summary>A cycle begins.</summary>
    void Enter()
    {
    }

    /// <summary>The cycle has ended.</summary>
    void Leave()
    {
    }

    /// <summary>Waits inside a cycle.</summary>
    Task WaitAsync(TimeSpan duration, CancellationToken cancellationToken);

    /// <summary>Bounds a piece of work.</summary>
    /// <param name="limit">How long the work may take.</param>
    /// <param name="cancellationToken">Ends it earlier.</param>
    Deadline Deadline(TimeSpan limit, CancellationToken cancellationToken);
}
