namespace SyncHealth.Testing.Oracle;

/// <summary>Ledger against database.</summary>
/// <param name="Lost">Acknowledged and not there.</param>
/// <param name="Doubled">There more than once; each copy beyond the first counts.</param>
/// <param name="Altered">There with another payload than the one that follows from its number.</param>
/// <param name="Unissued">There and never issued.</param>
/// <param name="Miscounted">By how much the vital signs' attempts, pushed items or bytes differ from those of the stored events.</param>
public sealed record OracleVerdict(long Lost, long Doubled, long Altered, long Unissued, long Miscounted)
{
    public static OracleVerdict Sound { get; } = new(0, 0, 0, 0, 0);
}
