using SyncHealth.SyncEngine.Loop;

namespace SyncHealth.SyncEngine.Tests.Support;

/// <summary>Waits that take no time and are remembered.</summary>
internal sealed class InstantClock : ICycleClock
{
    public List<TimeSpan> Waits { get; } = [];

    public Task WaitAsync(TimeSpan duration, CancellationToken cancellationToken)
    {
        Waits.Add(duration);
        return Task.CompletedTask;
    }

    public Deadline Deadline(TimeSpan limit, CancellationToken cancellationToken) => new(new CancellationTokenSource(), cancellationToken);
}
