using SyncHealth.SyncEngine.Loop;

namespace SyncHealth.SyncEngine.Tests.Simulation;

/// <summary>How one life of a replica waits. After its crash nothing that it has waited for goes on.</summary>
internal sealed class VirtualCycleClock(VirtualTime world) : ICycleClock
{
    public bool IsDead { get; set; }

    public Task WaitAsync(TimeSpan duration, CancellationToken cancellationToken)
    {
        var over = new TaskCompletionSource();
        world.After(duration, () =>
        {
            if (!IsDead)
                over.TrySetResult();
        });
        return over.Task;
    }

    public Deadline Deadline(TimeSpan limit, CancellationToken cancellationToken)
    {
        var source = new CancellationTokenSource();
        var isOver = false;
        world.After(limit, () =>
        {
            if (!IsDead && !isOver)
                source.Cancel();
        });
        return new Deadline(source, cancellationToken, _ => isOver = true);
    }
}
