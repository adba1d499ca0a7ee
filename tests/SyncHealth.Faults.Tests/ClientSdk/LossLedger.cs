namespace SyncHealth.Faults.Tests.ClientSdk;

/// <summary>The books of an install beside those of the server.</summary>
/// <param name="Issued">Events that got a number.</param>
/// <param name="Sent">Events that the SDK believes are counted.</param>
/// <param name="Queued">Events that still wait on the device.</param>
/// <param name="Dropped">Events that the SDK gave up.</param>
/// <param name="Counted">Events in the server's table.</param>
/// <param name="Told">Losses in the server's table.</param>
internal sealed record LossLedger(long Issued, long Sent, long Queued, long Dropped, long Counted, long Told)
{
    /// <summary>Whether both say the same, and nothing is missing: issued = counted + still queued + dropped and told.</summary>
    public bool AddsUp => Issued == Counted + Queued + Told && Sent == Counted && Dropped == Told;
}
