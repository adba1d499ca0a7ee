namespace SyncHealth.Testing.Faults;

/// <summary>What a suite does to the system, or a <see cref="FaultProxy"/> to a connection.</summary>
public enum FaultKind
{
    /// <summary>Holds the bytes back for a while, then goes on.</summary>
    Delay = 1,

    /// <summary>Passes nothing more for a while, then resets.</summary>
    Stall,

    /// <summary>RST to both ends.</summary>
    Reset,

    /// <summary>FIN in this direction only; the other one goes on.</summary>
    CloseHalf,

    /// <summary>Ends both directions in good order, with the rest unsent.</summary>
    Truncate,

    /// <summary>Flips bits of the next byte, then goes on.</summary>
    Corrupt,

    /// <summary>Sends a whole HTTP request to the server a second time, on a connection of its own.</summary>
    DuplicateRequest,

    /// <summary>Answers a whole HTTP request itself; the server never sees it.</summary>
    Answer,

    /// <summary>Cuts a Postgres session before its COMMIT reaches the server.</summary>
    CutBeforeCommit,

    /// <summary>Cuts a Postgres session as soon as its COMMIT is sent: done or not, nobody can tell.</summary>
    CutAfterCommit,

    /// <summary>Cuts a Postgres session when the server has committed, before a byte of the reply.</summary>
    CutBeforeReply,

    /// <summary>Cuts a Postgres session in the middle of the reply to COMMIT.</summary>
    CutInReply,

    /// <summary>Kills the ingest process while requests are on their way.</summary>
    KillIngest,

    /// <summary>Kills Postgres, and keeps it away until requests were refused for it.</summary>
    KillPostgres,

    /// <summary>Offers more than is taken: a request was refused as overload.</summary>
    Overload,

    /// <summary>Sends more than one's own limit: a request was refused for it.</summary>
    Abuse,

    /// <summary>Gives a byte a second until the server hangs up.</summary>
    Drip,

    /// <summary>Sends an event once more: it was told to be a duplicate.</summary>
    Repeat,

    /// <summary>Sends an event once more with another body: it was told to be a conflict of ids.</summary>
    OtherBody,

    /// <summary>Sends a request that no client would: it was answered with a refusal, or not at all.</summary>
    Mutation,
}
