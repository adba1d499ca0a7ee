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
}
