using SyncHealth.Contracts;

namespace SyncHealth.Storage.Writes;

/// <summary>What an attempt says about how it ended, for whoever counts: one place for the rules of <c>docs/semantics.md</c>.</summary>
internal static class Ending
{
    /// <summary>A sync that takes longer than this has lost its user's patience; the article's threshold.</summary>
    private const int SlowMs = 60_000;

    public static Blame BlameOf(in EventRow attempt) => attempt switch
    {
        { IsSuccess: true } => Blame.Nobody,
        { Outcome: SyncOutcome.Cancelled } => Blame.App,
        { ErrorKind: SyncErrorKind.Offline } => Blame.Offline,
        { ErrorKind: SyncErrorKind.Timeout or SyncErrorKind.Server or SyncErrorKind.Auth or SyncErrorKind.Denied } => Blame.Server,
        _ => Blame.App,
    };

    public static bool IsSlow(in EventRow attempt) => attempt.DurationMs > SlowMs;

    public static bool IsFirstTry(in EventRow attempt) => attempt.IsSuccess && attempt.Retries == 0;
}
