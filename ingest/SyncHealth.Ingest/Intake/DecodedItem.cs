namespace SyncHealth.Ingest.Intake;

/// <summary>One line of <c>conflicts</c>, <c>failures</c>, <c>deferred</c> or <c>dropped</c>.</summary>
internal struct DecodedItem()
{
    public string Entity = "";
    public string Kind = "";
    public string Strategy = "";
    public string Winner = "";
    public string Code = "";
    public string Reason = "";
    public long Count = 1;
    public long Discarded;
    public bool Parked;

    /// <summary>Hash of the name that an account of losses has of its own; null where it goes by its batch.</summary>
    public long? Report;

    public long FirstSeq;
    public long LastSeq;

    /// <summary>Unix milliseconds, as <see cref="LastAt"/>.</summary>
    public long FirstAt;

    public long LastAt;
}
