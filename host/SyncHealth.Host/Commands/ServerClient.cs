using System.Net;
using System.Net.Http.Headers;
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
    public async Task<JsonElement> GetAsync(string path, CancellationToken cancellationToken)
    {
        try
        {
            using var response = await _http.GetAsync(path, cancellationToken);
            var body = await response.Content.ReadAsStringAsync(cancellationToken);
            if (response.StatusCode is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden)
                throw new StartupException(ExitCodes.Usage, $"{_http.BaseAddress} wants a read token: pass --token TOKEN (the first start of `up` writes admin.token into its data folder).");
            if (!response.IsSuccessStatusCode)
                throw new StartupException(ExitCodes.Failure, $"{_http.BaseAddress} answered {(int)response.StatusCode}: {Detail(body)}");
            using var document = JsonDocument.Parse(body);
            return document.RootElement.Clone();
        }
        catch (Exception exception) when (exception is HttpRequestException or JsonException)
        {
            throw new StartupException(ExitCodes.Unavailable, $"{_http.BaseAddress} does not answer as SyncHealth ({exception.Message}). Start it with ./synchealth demo, or name another with --server URL.");
        }
    }

    public void Dispose() => _http.Dispose();

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
