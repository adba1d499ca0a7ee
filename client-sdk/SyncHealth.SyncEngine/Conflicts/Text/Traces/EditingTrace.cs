namespace SyncHealth.SyncEngine.Conflicts.Text.Traces;

/// <summary>A recorded editing session of one or more people, in the formats of the public <c>editing-traces</c> collection.</summary>
/// <param name="StartContent">What the document held before.</param>
/// <param name="EndContent">What every replica has to hold in the end.</param>
/// <param name="Transactions">What was done. Parents come before their children.</param>
public sealed record EditingTrace(string StartContent, string EndContent, IReadOnlyList<TraceTransaction> Transactions)
{
    /// <summary>Edits in it.</summary>
    public int Edits { get; } = Transactions.Sum(transaction => transaction.Patches.Count);
}
