namespace SyncHealth.Fleet.Tests.Support;

/// <summary>Stops a fleet at its first sign of life.</summary>
public sealed class CancelOnProgress(CancellationTokenSource stop) : IProgress<FleetProgress>
{
    public void Report(FleetProgress value) => stop.Cancel();
}
