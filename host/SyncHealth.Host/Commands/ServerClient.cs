using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace SyncHealth.Host.Commands;

/// <summary>Asks a running installation.</summary>
internal sealed class ServerClient : IDisposable
{
    private readonly HttpClient _http;

    public ServerClient(Uri server, string? token)
    {
        _http = new HttpClient { BaseAddress = server };
        if (token is not null)
            _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
    }

    /// <exception cref="StartupException">The server does not answer, or refuses; the message says what to change.</exception>
    public Task<JsonElement> GetAsync(string path, CancellationToken cancellationToken) =>
        SendAsync(HttpMethod.Get, path, null, cancellationToken);

    /// <summary>Sends a change; without fields an empty object.</summary>
    /// <exception cref="StartupException">The server does not answer, or refuses; the message says what to change.</exception>
    public async Task<JsonElement> ChangeAsync(HttpMethod method, string path, IReadOnlyDictionary<string, object?>? fields, CancellationToken cancellationToken)
    {
        using var content = JsonContent.Create(fields ?? new Dictionary<string, object?>());
        // The server takes no body without a length.
        await content.LoadIntoBufferAsync(cancellationToken);
        return await SendAsync(method, path, content, cancellationToken);
    }

    /// <summary>Sends a change that is answered with nothing.</summary>
    /// <exception cref="StartupException">The server does not answer, or refuses; the message says what to change.</exception>
    public async Task DoAsync(HttpMethod method, string path, IReadOnlyDictionary<string, object?>? fields, CancellationToken cancellationToken) =>
        await ChangeAsync(method, path, fields, cancellationToken);

    /// <summary>Sends a file and reads the answer, however long it takes.</summary>
    /// <exception cref="StartupException">The server does not answer, or refuses; the message says what to change.</exception>
    public async Task<JsonElement> PostAsync(string path, string text, string mediaType, CancellationToken cancellationToken)
    {
        _http.Timeout = Timeout.InfiniteTimeSpan;
        using var content = new StringContent(text, Encoding.UTF8, mediaType);
        return await SendAsync(HttpMethod.Post, path, content, cancellationToken);
    }

    public void Dispose() => _http.Dispose();

    private async Task<JsonElement> SendAsync(HttpMethod method, string path, HttpContent? content, CancellationToken cancellationToken)
    {
        try
        {
            using var request = new HttpRequestMessage(method, path) { Content = content };
            using var response = await _http.SendAsync(request, cancellationToken);
            var body = await response.Content.ReadAsStringAsync(cancellationToken);
            if (response.StatusCode is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden)
                throw new StartupException(ExitCodes.Usage, $"{_http.BaseAddress} refuses: {Detail(body)} Pass --token TOKEN, or --data DIR to read admin.token from another data folder (the first start of `up` writes it).");
            if (response.StatusCode == HttpStatusCode.ServiceUnavailable)
                throw new StartupException(ExitCodes.Unavailable, $"{_http.BaseAddress} cannot answer: {Detail(body)}");
            if (!response.IsSuccessStatusCode)
                throw new StartupException(ExitCodes.Failure, $"{_http.BaseAddress} answered {(int)response.StatusCode}: {Detail(body)}");
            using var document = JsonDocument.Parse(response.StatusCode == HttpStatusCode.NoContent ? "{}" : body);
            return document.RootElement.Clone();
        }
        catch (Exception exception) when (exception is HttpRequestException or JsonException)
        {
            throw new StartupException(ExitCodes.Unavailable, $"{_http.BaseAddress} does not answer as SyncHealth ({exception.Message}). Start it with ./synchealth demo, or name another with --server URL.");
        }
    }

    private static string Detail(string body)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            return document.RootElement.TryGetProperty("detail", out var detail) ? detail.GetString() ?? body : body;
        }
        catch (JsonException)
        {
            return body;
        }
    }
}
