using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Http;
using SyncHealth.Contracts;
using SyncHealth.Ingest.Intake;
using SyncHealth.Storage.Keys;

namespace SyncHealth.Ingest.Limits;

/// <summary>Reads from a request's headers what is known of its batch before the body is.</summary>
internal sealed class BatchRequests(TimeProvider clock, RecentBatches recent, IKeyFinder limits)
{
    /// <summary>The shared clock: take it when the request arrives, before its body is read.</summary>
    public DateTimeOffset Now => clock.GetUtcNow();

    public IntakeRequest Describe(HttpContext context, Admission admission, DateTimeOffset receivedAt)
    {
        var headers = context.Request.Headers;
        var key = headers[WireHeaders.IdempotencyKey].ToString();
        var hasKey = key.Length is > 0 and <= EventLimits.MaxIdempotencyKeyLength;
        var hash = EventIdentity.OfBatch(hasKey ? Encoding.UTF8.GetBytes(key) : admission.Body.Bytes.Span);
        var isRetry = int.TryParse(headers[WireHeaders.Attempt], NumberStyles.None, CultureInfo.InvariantCulture, out var attempt) && attempt > 1;
        return new IntakeRequest
        {
            ReceivedAt = receivedAt,
            KeyApp = admission.Key.AppName,
            BatchHash = hash,
            LikelyResend = (hasKey && recent.SeenBefore(hash)) | isRetry,
            Limits = limits,
            Body = admission.Body.Bytes,
        };
    }
}
