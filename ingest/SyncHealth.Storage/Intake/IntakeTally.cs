namespace SyncHealth.Storage.Intake;

/// <summary>What became of the events of an app that were received in a range, by all ingest processes.</summary>
/// <param name="From">The moment from which on was counted: the range's begin, on a whole bucket.</param>
/// <param name="Accepted">Committed as new.</param>
/// <param name="Duplicates">Known already by identity.</param>
/// <param name="IdConflicts">Duplicates with another body.</param>
/// <param name="Rejected">Refused one by one, by reason code, most first.</param>
/// <param name="Strays">Rejected of no app that is known, by reason code, most first: whose they are nobody can say.</param>
public sealed record IntakeTally(
    DateTimeOffset From, long Accepted, long Duplicates, long IdConflicts, IReadOnlyList<KeyValuePair<string, long>> Rejected, IReadOnlyList<KeyValuePair<string, long>> Strays)
{
    /// <summary>Whether nothing was counted.</summary>
    public bool IsEmpty => Accepted + Duplicates == 0 && Rejected.Count + Strays.Count == 0;
}
