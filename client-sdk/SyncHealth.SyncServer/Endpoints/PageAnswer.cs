using System.Text.Json;
using Microsoft.AspNetCore.Http;
using SyncHealth.SyncEngine.Protocol;

namespace SyncHealth.SyncServer.Endpoints;

/// <summary>A page of changes, as gzip for who takes it.</summary>
internal static class PageAnswer
{
    private const string Json = "application/json";

    public static IResult Of(HttpContext context, ChangesPage page)
    {
        var body = JsonSerializer.SerializeToUtf8Bytes(page, ProtocolJson.Default.ChangesPage);
        if (body.Length < Gzip.LeastBytes || !context.Request.Headers.AcceptEncoding.ToString().Contains(Gzip.Name, StringComparison.Ordinal))
            return TypedResults.Bytes(body, Json);
        context.Response.Headers.ContentEncoding = Gzip.Name;
        return TypedResults.Bytes(Gzip.Pack(body), Json);
    }
}
