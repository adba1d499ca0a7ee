using SyncHealth.Ingest.Intake;
using SyncHealth.Storage.Writes;

namespace SyncHealth.Faults.Tests.Support;

/// <summary>What the edge makes of one body.</summary>
internal sealed record EdgeResult(Refusal? Refusal, EventBatch? Batch, IReadOnlyList<Rejection> Rejections, Adjustments Adjustments)
{
    /// <summary>The answer in one word, the same for every transport: the refusal's status, the code of the first refused event, or <c>taken</c>.</summary>
    public string Verdict => Refusal is { } refusal ? $"{refusal.Status} {refusal.Code}" : Rejections.Count > 0 ? Rejections[0].Code : "taken";
}
