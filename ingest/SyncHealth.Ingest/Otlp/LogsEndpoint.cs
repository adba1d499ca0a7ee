using Microsoft.AspNetCore.Http;
using SyncHealth.Contracts;
using SyncHealth.Ingest.Health;
using SyncHealth.Ingest.Intake;
using SyncHealth.Ingest.Limits;

namespace SyncHealth.Ingest.Otlp;

/// <summary><c>POST /v1/logs</c>: brings OTLP's two formats and renders the outcome in the request's own; decides nothing.</summary>
internal sealed class LogsEndpoint(IngestPipeline pipeline, IngestMetrics metrics)
{
    private static readonly string[] Both = [MediaTypes.Protobuf, MediaTypes.Json];
    private static readonly BatchFormat Protobuf = new(Both, EventLimits.MaxOtlpBodyBytes, IsText: false, OtlpProtoDecoder.Decode);
    private static readonly BatchFormat Json = new(Both, EventLimits.MaxOtlpBodyBytes, IsText: true, OtlpJsonDecoder.Decode);

    public async Task HandleAsync(HttpContext context)
    {
        using var activity = IngestMetrics.Activities.StartActivity("ingest logs");
        var format = MediaTypes.Accepts(context.Request.ContentType, [MediaTypes.Protobuf]) ? Protobuf : Json;
        var outcome = await pipeline.TakeAsync(context, format);
        metrics.CountRequest(outcome.Status);
        IngestMetrics.Tag(activity, outcome);
        await OtlpAnswer.WriteAsync(context.Response, outcome, format.IsText);
    }
}
