namespace SyncHealth.Testing.Faults;

/// <summary>What a <see cref="FaultProxy"/> can do to a connection.</summary>
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
}
