using Microsoft.AspNetCore.Http;
using SyncHealth.SyncEngine.Protocol;

namespace SyncHealth.SyncServer.Endpoints;

/// <summary>The body of a request, behind gzip where it comes so.</summary>
internal static class RequestBody
{
    /// <summary>Most bytes behind gzip: as many as the server takes without it (Kestrel's default).</summary>
    private const int MostBytes = 30_000_000;

    /// <summary>Null for what is no gzip although it says so, is larger than it may, or is packed in another way.</summary>
    public static async Task<Stream?> OpenAsync(HttpContext context)
    {
        var encoding = context.Request.Headers.ContentEncoding.ToString();
        if (encoding.Length == 0)
            return context.Request.Body;
        return encoding == Gzip.Name && await Gzip.UnpackAsync(context.Request.Body, MostBytes, context.RequestAborted) is { } body ? new MemoryStream(body) : null;
    }
}
