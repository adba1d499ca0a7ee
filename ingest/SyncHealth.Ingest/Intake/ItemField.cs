namespace SyncHealth.Ingest.Intake;

/// <summary>What a line of <c>conflicts</c>, <c>failures</c>, <c>deferred</c> or <c>dropped</c> can say.</summary>
internal enum ItemField
{
    Entity = 1,
    Kind,
    Strategy,
    Winner,
    Code,
    Reason,
    Count,
    Discarded,
    Parked,
    Report,
    FirstSeq,
    LastSeq,
    FirstAt,
    LastAt,
}
