namespace SyncHealth.Ingest.Intake;

/// <summary>What became of a request's events: refused as a whole, or committed with these counts.</summary>
internal sealed record IngestOutcome(Refusal? Refusal, int Accepted, int Duplicates, IReadOnlyList<Rejection> Rejections)
{
    /// <summary>HTTP status of the answer.</summary>
    public int Status => Refusal?.Status ?? 200;

    public static IngestOutcome Refused(Refusal refusal) => new(refusal, 0, 0, []);
}
