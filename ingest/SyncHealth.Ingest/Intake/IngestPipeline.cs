using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.ObjectPool;
using SyncHealth.Ingest.Health;
using SyncHealth.Ingest.Limits;

namespace SyncHealth.Ingest.Intake;

/// <summary>A request's way, the same for every transport: admit, decode, take in, commit. Transports bring a format and render the outcome.</summary>
internal sealed class IngestPipeline(
    RequestGate gate, BatchRequests requests, EventIntake intake, Committer committer, ObjectPool<DecodedBatch> batches, IngestMetrics metrics)
{
    /// <exception cref="OperationCanceledException">The client went away.</exception>
    public async ValueTask<IngestOutcome> TakeAsync(HttpContext context, BatchFormat format)
    {
        // Before the body is read: drift is measured against the moment of arrival.
        var receivedAt = requests.Now;
        var (admission, refusal) = await gate.AdmitAsync(context, format.MediaTypes, format.MaxBytes);
        if (admission is null)
            return IngestOutcome.Refused(refusal!);

        // Body and decoder go back to their pools before the commit is waited for.
        IntakeResult? taken;
        using (admission)
            taken = TakeIn(format.Decode, requests.Describe(context, admission, receivedAt), out refusal);
        return taken is null
            ? IngestOutcome.Refused(refusal!)
            : await committer.CommitAsync(taken, admission.Key, context.RequestAborted);
    }

    private IntakeResult? TakeIn(BatchDecoder decode, in IntakeRequest request, out Refusal? refusal)
    {
        var batch = batches.Get();
        try
        {
            refusal = decode(request.Body.Span, batch);
            if (refusal is not null)
                return null;
            var taken = intake.Take(batch, request);
            metrics.CountTaken(batch.Adjustments, taken);
            return taken;
        }
        finally
        {
            batches.Return(batch);
        }
    }
}
