namespace SyncHealth.Storage;

/// <summary>The pause of a loop that follows the shared clock, which may run a hundred times too fast: work on a real database needs real pauses too.</summary>
internal static class SharedInterval
{
    /// <summary>Completes when <paramref name="shared"/> has passed on the shared clock and <paramref name="atLeast"/> on the real one.</summary>
    public static Task WaitAsync(TimeProvider clock, TimeSpan shared, TimeSpan atLeast, CancellationToken cancellationToken) => Task.WhenAll(
        Task.Delay(shared, clock, cancellationToken),
        Task.Delay(atLeast, TimeProvider.System, cancellationToken));
}
