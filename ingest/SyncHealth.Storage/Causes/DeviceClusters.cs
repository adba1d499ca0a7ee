using SyncHealth.Statistics.Devices;

namespace SyncHealth.Storage.Causes;

/// <summary>How failures cluster on devices, as <c>DeviceClusters.sql</c> sums them up.</summary>
internal sealed record DeviceClusters
{
    public long Devices { get; init; }
    public long Attempts { get; init; }
    public long Failures { get; init; }
    public long AttemptsSquared { get; init; }
    public long FailuresSquared { get; init; }
    public long Products { get; init; }

    /// <summary>How many attempts are worth one independent one; 1 where nothing is known or nothing failed.</summary>
    public double DesignEffect =>
        new DeviceSums(Devices, Attempts, Failures, AttemptsSquared, FailuresSquared, Products, ShareMillionths: 0).Estimate() is { DesignEffect: > 1 and var effect } ? effect : 1;
}
