using Microsoft.AspNetCore.Http;
using SyncHealth.Contracts;
using SyncHealth.Ingest.Intake;
using SyncHealth.Ingest.Limits;

namespace SyncHealth.Faults.Tests.Support;

/// <summary>The edge's own way from a request's bytes to its body, without a socket.</summary>
internal static class BodyReading
{
    private const long InFlightBytes = 128L * 1024 * 1024;

    private static readonly BodyReader Reader = new(new InFlightBytes(InFlightBytes));

    /// <summary>Reads a gzip body; null when it could be read.</summary>
    public static Refusal? Read(byte[] zipped, out byte[] body)
    {
        var context = new DefaultHttpContext();
        context.Request.Headers.ContentEncoding = "gzip";
        context.Request.Body = new MemoryStream(zipped);

        // Memory streams complete at once: there is nothing to wait for.
        var (read, refusal) = Reader.ReadAsync(context, EventLimits.MaxJsonBodyBytes).AsTask().GetAwaiter().GetResult();
        body = read?.Bytes.ToArray() ?? [];
        read?.Dispose();
        return refusal;
    }
}
