using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.ObjectPool;
using SyncHealth.Contracts;
using SyncHealth.Ingest.Events;
using SyncHealth.Ingest.Health;
using SyncHealth.Ingest.Intake;
using SyncHealth.Ingest.Limits;
using SyncHealth.Storage.ServerLog;
using SyncHealth.Storage.Writes;

namespace SyncHealth.Ingest.ServerLog;

/// <summary><c>POST /v1/server-log</c>: what an app's own sync server knows of its devices. The same gate, budget and answers as events have.</summary>
internal sealed class ServerLogEndpoint(
    RequestGate gate, EventBudget budget, ServerLogIntake intake, ServerLogWriter writer, ObjectPool<DecodedBatch> batches, TimeProvider clock, IngestMetrics metrics)
{
    private static readonly string[] MediaType = [MediaTypes.Json];
    private static readonly TimeSpan RetryAfterOutage = TimeSpan.FromSeconds(5);

    public async Task HandleAsync(HttpContext context)
    {
        var outcome = await TakeAsync(context);
        metrics.CountRequest(outcome.Status);
        if (outcome.Refusal is { } refusal)
            await Problem.WriteAsync(context.Response, refusal);
        else
            await EventsAnswer.WriteAsync(context.Response, outcome);
    }

    private async Task<IngestOutcome> TakeAsync(HttpContext context)
    {
        var now = clock.GetUtcNow();
        var (admission, refusal) = await gate.AdmitAsync(context, MediaType, EventLimits.MaxJsonBodyBytes);
        if (admission is null)
            return IngestOutcome.Refused(refusal!);
        using (admission)
        {
            var log = new DecodedServerLog();
            if (Decode(admission.Body.Bytes.Span, log) is { } unreadable)
                return IngestOutcome.Refused(unreadable);
            var (contacts, places, rejections) = intake.Take(log, admission.Key.AppName, now, out refusal);
            refusal ??= budget.Take(admission.Key, log.App, contacts.Count);
            if (refusal is not null)
                return IngestOutcome.Refused(refusal);
            var receipt = await writer.WriteAsync(log.App, contacts, now, context.RequestAborted);
            if (receipt.Status != WriteStatus.Committed)
                return IngestOutcome.Refused(new Refusal(503, ReasonCodes.StorageUnavailable, "The database is away; nothing was stored.", RetryAfterOutage));
            rejections.AddRange(receipt.Erased.Select(place => new Rejection(places[place], ReasonCodes.DeviceErased, "The data of this device was erased here; nothing of it is taken any more.")));
            return new IngestOutcome(null, contacts.Count - receipt.Erased.Count, 0, [.. rejections.OrderBy(rejection => rejection.Index)]);
        }
    }

    private Refusal? Decode(ReadOnlySpan<byte> body, DecodedServerLog log)
    {
        var texts = batches.Get();
        try
        {
            return ServerLogDecoder.Decode(body, texts, log);
        }
        finally
        {
            batches.Return(texts);
        }
    }
}
