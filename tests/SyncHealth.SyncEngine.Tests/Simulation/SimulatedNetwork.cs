using System.Net;
using System.Text.Json;
using SyncHealth.SyncEngine.Protocol;

namespace SyncHealth.SyncEngine.Tests.Simulation;

/// <summary>
/// What lies between one life of a replica and the server: requests and answers take their time, get lost, arrive twice or much later. Everything that
/// happens is drawn from one seed.
/// </summary>
internal sealed class SimulatedNetwork(
    VirtualTime world, SimulatedServer server, string device, Random random, SimulatedLink link, FaultTally faults, Action<string, PushRequest> sending) : HttpMessageHandler
{
    private const int LostOutOf = 16;
    private const int TwiceOutOf = 12;

    /// <summary>Of a body, unpacked: more than any push of a simulated life.</summary>
    private const int MostBytes = 1 << 20;

    private static readonly TimeSpan LongestTrip = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan LongestDelay = TimeSpan.FromMinutes(2);

    public bool IsDead { get; set; }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var body = request.Content is { } content ? await BodyOf(content) : [];
        var key = request.Headers.TryGetValues(ProtocolHeaders.IdempotencyKey, out var keys) ? keys.Single() : "";
        var call = (request.Method, Address: request.RequestUri!, Key: key, Body: body);
        if (key.Length > 0)
            sending(key, JsonSerializer.Deserialize(body, ProtocolJson.Default.PushRequest)!);
        var answered = new TaskCompletionSource<HttpResponseMessage>();
        using var ended = cancellationToken.Register(() => answered.TrySetCanceled(cancellationToken));
        link.Messages++;
        if (!link.IsUp)
            world.After(Trip(), () => Settle(() => answered.TrySetException(new HttpRequestException(HttpRequestError.ConnectionError, "The network is down."))));
        else
            Deliver(() => Answer(call.Method, call.Address, call.Key, call.Body), answered);
        return await answered.Task;
    }

    private void Deliver(Func<HttpResponseMessage> reach, TaskCompletionSource<HttpResponseMessage> answered)
    {
        var isSpared = link.IsPerfect;
        if (!isSpared && Strikes(TwiceOutOf))
            world.After(LongestDelay * random.NextDouble(), () => faults.Count("arrived twice or late", () => reach().Dispose()));
        if (!isSpared && Strikes(LostOutOf))
        {
            faults.Count("request lost");
            return;
        }

        world.After(Trip(), () =>
        {
            var response = reach();
            if (!isSpared && Strikes(LostOutOf))
                faults.Count("answer lost", response.Dispose);
            else
                world.After(Trip(), () => Settle(() => answered.TrySetResult(response)));
        });
    }

    private HttpResponseMessage Answer(HttpMethod method, Uri address, string key, byte[] body)
    {
        if (link.IsServerDown)
            return new HttpResponseMessage(HttpStatusCode.ServiceUnavailable);
        var limit = int.Parse(Query(address, "limit") ?? "500", System.Globalization.CultureInfo.InvariantCulture);
        if (address.AbsolutePath.EndsWith("/sync", StringComparison.Ordinal))
            return Json(server.Take(device, key, JsonSerializer.Deserialize(body, ProtocolJson.Default.PushRequest)!, world.Now), ProtocolJson.Default.PushResponse);
        var page = method == HttpMethod.Post
            ? server.ReadBeyond(JsonSerializer.Deserialize(body, ProtocolJson.Default.KnownVersions)!.Versions, limit)
            : server.ReadSince(Query(address, "token"), limit);
        return page is null ? new HttpResponseMessage(HttpStatusCode.Gone) : Json(page, ProtocolJson.Default.ChangesPage);
    }

    /// <summary>As the server unpacks it. Everything is in memory, so nothing here waits.</summary>
    private static async Task<byte[]> BodyOf(HttpContent content)
    {
        var body = await content.ReadAsByteArrayAsync(CancellationToken.None);
        return content.Headers.ContentEncoding.Contains(Gzip.Name) ? (await Gzip.UnpackAsync(new MemoryStream(body), MostBytes, CancellationToken.None))! : body;
    }

    private void Settle(Action settle)
    {
        if (!IsDead)
            settle();
    }

    private bool Strikes(int outOf) => random.Next(outOf) == 0;

    private TimeSpan Trip() => LongestTrip * random.NextDouble();

    private static string? Query(Uri address, string name) => address.Query.TrimStart('?').Split('&')
        .Select(pair => pair.Split('=', 2)).Where(pair => pair[0] == name).Select(pair => Uri.UnescapeDataString(pair[1])).FirstOrDefault();

    private static HttpResponseMessage Json<T>(T value, System.Text.Json.Serialization.Metadata.JsonTypeInfo<T> type) =>
        new(HttpStatusCode.OK) { Content = new ByteArrayContent(JsonSerializer.SerializeToUtf8Bytes(value, type)) };
}
