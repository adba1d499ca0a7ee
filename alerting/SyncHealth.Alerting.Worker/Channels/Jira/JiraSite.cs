using System.Globalization;
using System.Net.Http.Headers;
using System.Text;

namespace SyncHealth.Alerting.Worker.Channels.Jira;

/// <summary>The requests to a Jira site that a channel is made of.</summary>
internal sealed class JiraSite(JiraOptions options, ChannelHttp http)
{
    /// <summary>Comments among which an earlier attempt's is looked for: more than people write while a delivery is tried again, and far less than is read of an answer.</summary>
    private const int NewestComments = 20;

    private readonly AuthenticationHeaderValue _account =
        new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{options.Email}:{options.Token.Reveal()}")));

    /// <summary>The issue without its comments: of one that has come back a hundred times they are more than is read of an answer.</summary>
    public Task<HttpAnswer> GetAsync(string key, CancellationToken cancellationToken) =>
        SendAsync(HttpMethod.Get, $"{PathOf(key)}?fields=status,resolution,statuscategorychangedate,labels", null, cancellationToken);

    public Task<HttpAnswer> NewestCommentsAsync(string key, CancellationToken cancellationToken) =>
        SendAsync(HttpMethod.Get, string.Create(CultureInfo.InvariantCulture, $"{PathOf(key)}/comment?orderBy=-created&maxResults={NewestComments}"), null, cancellationToken);

    public Task<HttpAnswer> CommentAsync(string key, string json, CancellationToken cancellationToken) =>
        SendAsync(HttpMethod.Post, PathOf(key) + "/comment", json, cancellationToken);

    public Task<HttpAnswer> EditAsync(string key, string json, CancellationToken cancellationToken) =>
        SendAsync(HttpMethod.Put, PathOf(key), json, cancellationToken);

    public Task<HttpAnswer> PostAsync(string path, string json, CancellationToken cancellationToken) => SendAsync(HttpMethod.Post, path, json, cancellationToken);

    /// <summary>Moves an issue by the transition that <paramref name="choose"/> finds in those offered; null when there is none.</summary>
    public async Task<HttpAnswer?> MoveAsync(string key, Func<string, string?> choose, CancellationToken cancellationToken)
    {
        var path = PathOf(key) + "/transitions";
        var offered = await SendAsync(HttpMethod.Get, path, null, cancellationToken);
        if (offered.Failure is not null)
            return offered;
        return choose(offered.Body) is { } id ? await SendAsync(HttpMethod.Post, path, JiraPayload.Transition(id), cancellationToken) : null;
    }

    private static string PathOf(string key) => $"issue/{Uri.EscapeDataString(key)}";

    private async Task<HttpAnswer> SendAsync(HttpMethod method, string path, string? json, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(method, $"{options.BaseUrl!.AbsoluteUri.TrimEnd('/')}/rest/api/3/{path}");
        request.Headers.Authorization = _account;
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        request.Content = json is null ? null : ChannelHttp.Json(json);
        return await http.SendAsync(request, [.. options.Secrets, new Secret(_account.Parameter!)], cancellationToken);
    }
}
