namespace SyncHealth.SyncEngine.Tests.Simulation;

/// <summary>The clock of a replica: as wrong as somebody has set it.</summary>
internal sealed class SkewedTime(VirtualTime world) : TimeProvider
{
    public TimeSpan Offset { get; set; }

    public override DateTimeOffset GetUtcNow() => world.Now + Offset;
}
