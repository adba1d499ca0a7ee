using System.IO.Compression;

namespace SyncHealth.Faults.Tests.SeededBugs;

/// <summary>The mistakes that can be made around a request, each by its name.</summary>
internal static class RequestBugs
{
    /// <summary>The limit is held against what came over the wire; the rest is unpacked whole.</summary>
    public static RequestBug CapBeforeDecompression() => new("cap before decompression", async context =>
    {
        if (context.Request.Headers.ContentEncoding != "gzip")
            return;
        var whole = new MemoryStream();
        await using (var gzip = new GZipStream(context.Request.Body, CompressionMode.Decompress))
            await gzip.CopyToAsync(whole);
        whole.Position = 0;
        context.Request.Body = whole;
        context.Request.ContentLength = null;
        context.Request.Headers.ContentEncoding = default;
    });

    /// <summary>The clock is read when the body is here, so that a slow network looks like a wrong clock.</summary>
    public static RequestBug DriftByProcessingTime() => new("drift by processing time", async context =>
    {
        var whole = new MemoryStream();
        await context.Request.Body.CopyToAsync(whole);
        whole.Position = 0;
        context.Request.Body = whole;
    });

    public static RequestBug RefusalWithoutRetryAfter() => new("refusal without Retry-After", context =>
    {
        context.Response.OnStarting(() =>
        {
            context.Response.Headers.Remove("Retry-After");
            return Task.CompletedTask;
        });
        return Task.CompletedTask;
    });
}
