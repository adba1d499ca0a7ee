namespace SyncHealth.SyncEngine.Outbox;

/// <summary>Operations that wait and may not leave, or not yet.</summary>
/// <param name="Dependent">They build upon something that the server has refused, or that is bulk itself.</param>
/// <param name="Bulk">The low ones beside those.</param>
public sealed record HeldBack(int Dependent, int Bulk);
