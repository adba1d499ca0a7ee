namespace SyncHealth.Faults.Tests.ClientSdk;

/// <summary>The books of an install beside those of the server.</summary>
/// <param name="Issued">Events that got a number.</param>
/// <param name="Sent">Events that the SDK knows to be counted.</param>
/// <param name="Queued">Events that still wait on the device.</param>
/// <param name="Dropped">Events that the SDK gave up.</param>
/// <param name="Counted">Events in the server's table.</param>
/// <param name="Told">Losses by the server's account: what it was told, less what it has of it.</param>
internal sealed record LossLedger(long Issued, long Sent, long Queued, long Dropped, long Counted, long Told)
{
    /// <summary>Whether nothing is missing and nothing is there twice: issued = counted + still queued + dropped and told. What was given up and had arrived is counted, and nothing else is.</summary>
    public bool AddsUp => Issued == Counted + Queued + Told && Issued == Sent + Queued + Dropped && Counted - Sent == Dropped - Told && Told <= Dropped;
}
