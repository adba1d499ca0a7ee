namespace SyncHealth.SyncEngine.Conflicts.Text;

/// <summary>Why an update was not taken, or not taken whole.</summary>
public enum TextRefusal
{
    /// <summary>It was taken.</summary>
    None,

    /// <summary>The bytes are no update. Nothing was applied.</summary>
    Malformed,

    /// <summary>The bytes are of a format that this version does not know. Nothing was applied.</summary>
    UnknownFormat,

    /// <summary>A bound of <see cref="TextLimits"/> would be passed. Nothing was applied.</summary>
    OverLimit,

    /// <summary>
    /// As many entries wait already as may. What could be applied was; what would have had to wait is left out, as if it had not arrived: ask a
    /// peer for what is missing since <see cref="TextDocument.Version"/>.
    /// </summary>
    WaitingFull,

    /// <summary>An entry contradicts what its author must have seen; it and what its author did after it stay out, on every replica alike.</summary>
    Inconsistent,
}
