using System.IO.Compression;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace SyncHealth.Faults.Tests.ClientSdk;

/// <summary>A batch on its way out, open to a mistake.</summary>
/// <param name="Original">The request as the SDK made it.</param>
/// <param name="Body">Its JSON.</param>
/// <param name="Key">Its idempotency key.</param>
internal sealed record SdkRequest(HttpRequestMessage Original, JsonObject Body, string Key)
{
    private const string KeyHeader = "Idempotency-Key";

    public JsonArray Events => Body["events"]!.AsArray();

    public static async Task<SdkRequest> ReadAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        await using var packed = await request.Content!.ReadAsStreamAsync(cancellationToken);
        await using var plain = new GZipStream(packed, CompressionMode.Decompress);
        var body = await JsonSerializer.DeserializeAsync<JsonObject>(plain, cancellationToken: cancellationToken);
        return new SdkRequest(request, body!, request.Headers.GetValues(KeyHeader).Single());
    }

    /// <summary>The request with what was made of it; to send more than once, each time anew.</summary>
    public HttpRequestMessage ToMessage()
    {
        var message = new HttpRequestMessage(HttpMethod.Post, Original.RequestUri) { Content = new ByteArrayContent(JsonSerializer.SerializeToUtf8Bytes(Body)) };
        message.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        foreach (var header in Original.Headers)
            message.Headers.TryAddWithoutValidation(header.Key, header.Key == KeyHeader ? [Key] : header.Value);
        return message;
    }
}
