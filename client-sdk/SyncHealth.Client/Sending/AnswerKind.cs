namespace SyncHealth.Client.Sending;

/// <summary>What an answer means for the batch.</summary>
internal enum AnswerKind
{
    /// <summary>The server has committed it.</summary>
    Delivered,

    /// <summary>No answer that can be trusted, or one that asks for patience: keep and try again.</summary>
    Retry,

    /// <summary>The key or the address is refused: keep and ask again in an hour.</summary>
    Refused,

    /// <summary>The body is malformed: find the event to blame.</summary>
    Malformed,

    /// <summary>The body is too large.</summary>
    TooLarge,

    /// <summary>The content coding is not taken.</summary>
    Unencodable,

    /// <summary>The server failed on this body.</summary>
    ServerError,
}
