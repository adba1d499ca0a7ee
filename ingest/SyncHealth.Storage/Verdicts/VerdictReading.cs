namespace SyncHealth.Storage.Verdicts;

/// <summary>What came of a question: the answer, or the names that could have been asked for.</summary>
/// <param name="Answer">Null where the release or the named baseline was never seen.</param>
/// <param name="Known">Names of all releases there are, in natural order.</param>
public sealed record VerdictReading(VerdictAnswer? Answer, IReadOnlyList<string> Known);
