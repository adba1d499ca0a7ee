using Microsoft.AspNetCore.Http;
using SyncHealth.Contracts;
using SyncHealth.Ingest.Health;
using SyncHealth.Ingest.Intake;
using SyncHealth.Ingest.Limits;

namespace SyncHealth.Ingest.Events;

/// <summary><c>POST /v1/events</c>: brings the JSON format and renders the outcome; decides nothing.</summary>
internal sealed class EventsEndpoint(IngestPipeline pipeline, IngestMetrics metrics, IngestOptions options)
{
    private static readonly BatchFormat Json = new([MediaTypes.Json], EventLimits.MaxJsonBodyBytes, IsText: true, JsonBatchDecoder.Decode);

    public async Task HandleAsync(HttpContext context)
    {
        using var activity = IngestMetrics.Activities.StartActivity("ingest events");
        var outcome = await pipeline.TakeAsync(context, Json);
        metrics.CountRequest(outcome.Status);
        IngestMetrics.Tag(activity, outcome);
        if (outcome.Refusal is { } refusal)
            await Problem.WriteAsync(context.Response, refusal);
        else
            await EventsAnswer.WriteAsync(context.Response, outcome, options);
    }
}
