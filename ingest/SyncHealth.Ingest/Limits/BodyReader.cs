using System.IO.Compression;
using Microsoft.AspNetCore.Http;
using SyncHealth.Contracts;
using SyncHealth.Ingest.Intake;

namespace SyncHealth.Ingest.Limits;

/// <summary>Reads and decompresses a body, never further than its limit.</summary>
internal sealed class BodyReader(InFlightBytes inFlight)
{
    /// <summary>
    /// First buffer at most: a batch of 100 events fits, in OTLP too (about 1 KB an event). More only as bytes arrive, so that a promised length takes
    /// nothing from others.
    /// </summary>
    private const int MaxFirstBufferBytes = 128 * 1024;

    /// <summary>First buffer of a compressed body, as a multiple of its length: JSON events shrink about so much.</summary>
    private const int UsualCompression = 8;

    private static readonly TimeSpan RetryAfterOverload = TimeSpan.FromSeconds(1);

    /// <returns>The body, which the caller disposes, or why there is none.</returns>
    /// <exception cref="OperationCanceledException">The client went away.</exception>
    public async ValueTask<(RequestBody? Body, Refusal? Refusal)> ReadAsync(HttpContext context, int maxBytes)
    {
        var request = context.Request;
        if (!TryEncoding(request, out var isGzip))
            return (null, new Refusal(415, ReasonCodes.UnsupportedEncoding, "Content-Encoding must be gzip or absent."));
        if (request.ContentLength > maxBytes)
            return (null, TooLarge(maxBytes));

        var body = new RequestBody(inFlight, maxBytes);
        var refusal = await FillAsync(body, context, isGzip, maxBytes);
        if (refusal is null)
            return (body, null);
        body.Dispose();
        return (null, refusal);
    }

    private static async ValueTask<Refusal?> FillAsync(RequestBody body, HttpContext context, bool isGzip, int maxBytes)
    {
        var expected = (context.Request.ContentLength ?? MaxFirstBufferBytes) * (isGzip ? UsualCompression : 1);
        var first = (int)Math.Min(expected + 1, MaxFirstBufferBytes);
        var stream = isGzip ? new GZipStream(context.Request.Body, CompressionMode.Decompress) : context.Request.Body;
        try
        {
            while (body.TryGrow(first))
            {
                var read = await stream.ReadAsync(body.Free, context.RequestAborted);
                body.Advance(read);
                if (read == 0)
                    return body.TryJoin() ? null : Overloaded();
                if (body.IsTooLarge)
                    return TooLarge(maxBytes);
            }

            return Overloaded();
        }
        catch (InvalidDataException e)
        {
            return new Refusal(400, ReasonCodes.MalformedBody, $"The body is not valid gzip: {e.Message}");
        }
        catch (BadHttpRequestException e)
        {
            return e.StatusCode == StatusCodes.Status413PayloadTooLarge
                ? TooLarge(maxBytes)
                : new Refusal(e.StatusCode, ReasonCodes.MalformedBody, e.Message);
        }
        finally
        {
            if (isGzip)
                await stream.DisposeAsync();
        }
    }

    private static bool TryEncoding(HttpRequest request, out bool isGzip)
    {
        var encoding = request.Headers.ContentEncoding;
        var name = encoding.Count == 0 ? "" : encoding.ToString().Trim();
        isGzip = name.Equals("gzip", StringComparison.OrdinalIgnoreCase);
        return isGzip || name.Length == 0 || name.Equals("identity", StringComparison.OrdinalIgnoreCase);
    }

    private static Refusal Overloaded() => new(503, ReasonCodes.Overloaded, "Too many requests are being read at once.", RetryAfterOverload);

    private static Refusal TooLarge(int maxBytes) =>
        new(413, ReasonCodes.TooLarge, $"The body may have {maxBytes} bytes at most, after decompression too.");
}
