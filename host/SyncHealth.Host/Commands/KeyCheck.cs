using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace SyncHealth.Host.Commands;

/// <summary>What came of asking "is it working?" with an app's key.</summary>
/// <param name="Works">Whether events of an app with this key are taken.</param>
/// <param name="Status">Status of the answer; 0 without one.</param>
/// <param name="Text">One line for people, with what to do.</param>
internal sealed record KeyCheck(bool Works, int Status, string Text)
{
    /// <summary>As long as the SDK waits.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>Sends an empty batch the way that an app's events go. It stores nothing.</summary>
    public static async Task<KeyCheck> AskAsync(Uri server, string key, CancellationToken cancellationToken)
    {
        // As the SDK: a redirect is never followed with the key.
        using var http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { Timeout = Patience };
        var address = new Uri(server, "v1/events");
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = new StringContent("""{"events":[]}""", Encoding.UTF8, "application/json") };
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
            using var answer = await http.SendAsync(request, cancellationToken);
            return Read(address, (int)answer.StatusCode, await answer.Content.ReadAsStringAsync(cancellationToken));
        }
        catch (Exception exception) when (exception is HttpRequestException or TaskCanceledException && !cancellationToken.IsCancellationRequested)
        {
            return new KeyCheck(false, 0, $"{address} does not answer ({exception.Message}). Check the address, and that ingest runs there; apps keep their events for 30 days.");
        }
    }

    private static KeyCheck Read(Uri address, int status, string body) => (status, FieldOf(body, "accepted"), FieldOf(body, "detail")) switch
    {
        (200, { ValueKind: JsonValueKind.Number }, _) => new KeyCheck(true, status, $"Works: {address} takes events with this key. What a device has sent and dropped is in its telemetry.Status."),
        (401 or 403, _, { } detail) => new KeyCheck(false, status, $"{address} refuses this key ({status}): {detail} `./synchealth keys list` shows the keys that are live; apps keep their events for 30 days and ask again every hour."),
        (429 or 503, _, { } detail) => new KeyCheck(false, status, $"{address} asks for patience ({status}): {detail} Apps keep their events and try again by themselves; `./synchealth doctor` says what holds the server up."),
        (>= 400, _, { } detail) => new KeyCheck(false, status, $"{address} answers {status}: {detail}"),
        _ => new KeyCheck(false, status, $"{address} answers {status}, but not as SyncHealth does: a proxy, a login page or another service stands there. Check the address."),
    };

    private static JsonElement? FieldOf(string body, string name)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            return document.RootElement is { ValueKind: JsonValueKind.Object } root && root.TryGetProperty(name, out var field) ? field.Clone() : null;
        }
        catch (JsonException exception)
        {
            // A page, not an answer.
            return exception.Message.Length == 0 ? default : null;
        }
    }
}
