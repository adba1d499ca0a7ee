namespace SyncHealth.Ingest.Intake;

/// <summary>What was changed or passed over while events were taken in: nothing of it happens silently.</summary>
internal struct Adjustments
{
    /// <summary>Fields that the contract does not know.</summary>
    public int UnknownFields;

    /// <summary>Values outside their enumeration, stored as <c>unknown</c>.</summary>
    public int UnknownValues;

    /// <summary>Strings or lists that were longer than they may be.</summary>
    public int Cut;

    /// <summary>Strings in which NUL or a lone surrogate became U+FFFD.</summary>
    public int Scrubbed;

    /// <summary>Strings out of which something personal or secret was taken.</summary>
    public int Redacted;

    /// <summary>Numbers or times held to their bounds.</summary>
    public int Clamped;

    /// <summary>Events whose clock was corrected.</summary>
    public int ClockCorrected;

    /// <summary>OTLP records of other event names: accepted, not stored.</summary>
    public int Ignored;
}
