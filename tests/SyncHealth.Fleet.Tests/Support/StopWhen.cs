namespace SyncHealth.Fleet.Tests.Support;

/// <summary>Stops a fleet once a condition holds.</summary>
internal sealed class StopWhen(Func<bool> condition, CancellationTokenSource stop) : IProgress<FleetProgress>
{
    public void Report(FleetProgress value)
    {
        if (condition())
            stop.Cancel();
    }
}
