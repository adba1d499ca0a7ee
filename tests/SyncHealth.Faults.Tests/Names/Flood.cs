using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using SyncHealth.Faults.Tests.Support;

namespace SyncHealth.Faults.Tests.Names;

/// <summary>An app that never says a name twice: versions, systems, models, tags, error codes, entities of conflicts.</summary>
internal static class Flood
{
    public const string App = "flooder";
    public const int BatchSize = 100;

    private const int Senders = 4;
    private const int Devices = 50;

    /// <summary>The events lie within this before now.</summary>
    private const int SpreadMs = 50 * 60 * 1000;

    /// <summary>Real pause of a sender after a refusal.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    /// <summary>Sends so many batches, each until it is taken.</summary>
    public static Task SendAsync(HttpClient http, int batches, DateTimeOffset now) =>
        Parallel.ForAsync(0, batches, new ParallelOptions { MaxDegreeOfParallelism = Senders }, async (number, cancellationToken) =>
        {
            var body = Encoding.UTF8.GetBytes(Batch(number, now));
            while (await PostAsync(http, body, cancellationToken) is var status and not HttpStatusCode.OK)
            {
                if (status != HttpStatusCode.ServiceUnavailable)
                    throw new InvalidOperationException($"Batch {number} of new names was answered with {status}.");
                await Task.Delay(Pause, TimeProvider.System, cancellationToken);
            }
        });

    private static async Task<HttpStatusCode> PostAsync(HttpClient http, byte[] body, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/events") { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", IngestStage.Key);
        using var response = await http.SendAsync(request, cancellationToken);
        return response.StatusCode;
    }

    private static string Batch(int number, DateTimeOffset now) =>
        $$$"""{"resource":{"app":"{{{App}}}","os":"android","deviceId":"d{{{number % Devices}}}","deviceModel":"model-{{{number}}}","tags":{"key-{{{number}}}":"x","user":"u-{{{number}}}"}},"events":[{{{string.Join(',', Enumerable.Range(number * BatchSize, BatchSize).Select(id => Event(id, now)))}}}]}""";

    private static string Event(int id, DateTimeOffset now) => string.Create(CultureInfo.InvariantCulture,
        $$$"""{"id":"f{{{id}}}","timestamp":{{{now.AddMilliseconds(-(id * 7919L % SpreadMs)).ToUnixTimeMilliseconds()}}},"type":"delta","success":false,"durationMs":100,"appVersion":"v-{{{id}}}","osVersion":"o-{{{id}}}","error":{"kind":"server","code":"c-{{{id}}}"},"conflictCount":1,"conflicts":[{"entity":"e-{{{id}}}","kind":"update_update","strategy":"lww","winner":"remote","discarded":0,"count":1}]}""");
}
