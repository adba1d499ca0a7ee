using SyncHealth.Fleet.Scenarios;

namespace SyncHealth.Fleet.Devices;

/// <summary>What the devices of one run share.</summary>
/// <param name="Options">The run's options.</param>
/// <param name="Scenario">What happens.</param>
/// <param name="Time">The fleet's clock.</param>
/// <param name="StartedAt">Fleet time zero on it.</param>
/// <param name="Network">Sends real requests.</param>
/// <param name="Ledger">Counts what is done.</param>
internal sealed record FleetEnvironment(
    FleetOptions Options, Scenario Scenario, TimeProvider Time, DateTimeOffset StartedAt, HttpMessageInvoker Network, FleetLedger Ledger)
{
    /// <summary>Fleet time now.</summary>
    public TimeSpan Now => Time.GetUtcNow() - StartedAt;

    /// <summary>Waits for a moment of fleet time, or for the stop, whichever comes first.</summary>
    public async Task WaitUntilAsync(TimeSpan at, CancellationToken stop)
    {
        var wait = at - Now;
        if (wait > TimeSpan.Zero)
            await Task.Delay(wait, Time, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }
}
