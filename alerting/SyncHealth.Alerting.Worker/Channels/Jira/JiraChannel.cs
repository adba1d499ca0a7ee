using System.Net.Http.Headers;
using System.Text;
using SyncHealth.Alerting.Messages;
using SyncHealth.Alerting.Routing;

namespace SyncHealth.Alerting.Worker.Channels.Jira;

/// <summary>
/// Keeps one Jira issue per incident. Jira has no idempotency key, so an issue is searched by its label before it is made,
/// and a request whose answer was lost waits until the search index has caught up.
/// </summary>
internal sealed class JiraChannel(JiraOptions options, ChannelHttp http) : IChannel
{
    /// <summary>Jira's search is eventually consistent, by seconds to a minute.</summary>
    private static readonly TimeSpan SearchLag = TimeSpan.FromMinutes(1);

    private const int NotFound = 404;

    private readonly AuthenticationHeaderValue _account =
        new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{options.Email}:{options.Token.Reveal()}")));

    public string Receiver => options.Name;

    public async Task<Delivery> SendAsync(Notification notification, CancellationToken cancellationToken)
    {
        var (failure, key) = notification.Reference is { } known ? (null, known) : await FindAsync(notification.Message, cancellationToken);
        if (failure is not null)
            return failure;
        if (notification.Message.Kind == NoticeKind.Resolve)
            return key is null ? Delivery.Done("there is no issue to resolve") : await ResolveAsync(key, notification.Message, cancellationToken);
        return key is null ? await CreateAsync(notification.Message, cancellationToken) : Delivery.Done("the issue is there", key);
    }

    private async Task<(Delivery? Failure, string? Key)> FindAsync(AlertMessage message, CancellationToken cancellationToken)
    {
        var answer = await SendAsync(HttpMethod.Post, "search/jql", JiraPayload.Search(message, options), cancellationToken);
        // A search changes nothing, so a lost answer leaves nothing in doubt.
        return answer.Failure is { } failure ? (failure with { MayHaveArrived = false }, null) : (null, JiraAnswers.FirstKey(answer.Body));
    }

    private async Task<Delivery> CreateAsync(AlertMessage message, CancellationToken cancellationToken)
    {
        var answer = await SendAsync(HttpMethod.Post, "issue", JiraPayload.Create(message, options), cancellationToken);
        if (answer.Failure is { } failure)
            return failure.MayHaveArrived ? failure with { RetryAfter = failure.RetryAfter > SearchLag ? failure.RetryAfter : SearchLag } : failure;
        return JiraAnswers.Key(answer.Body) is { } key
            ? Delivery.Done($"{answer.Status}", key)
            : new Delivery(DeliveryStatus.Retry, "the answer names no issue") { MayHaveArrived = true, RetryAfter = SearchLag };
    }

    private async Task<Delivery> ResolveAsync(string key, AlertMessage message, CancellationToken cancellationToken)
    {
        var issue = await SendAsync(HttpMethod.Get, $"issue/{Uri.EscapeDataString(key)}?fields=status,comment", null, cancellationToken);
        if (issue.Status == NotFound)
            return Delivery.Done("somebody removed the issue", key);
        if (issue.Failure is not null)
            return issue.Failure;

        // What an earlier attempt has already done is not done again.
        if (!JiraAnswers.HasComment(issue.Body, Headline.Of(message)))
        {
            var comment = await SendAsync(HttpMethod.Post, $"issue/{Uri.EscapeDataString(key)}/comment", JiraPayload.Comment(message), cancellationToken);
            if (comment.Failure is not null)
                return comment.Failure;
        }

        return JiraAnswers.IsDone(issue.Body) ? Delivery.Done("somebody closed the issue", key) : await CloseAsync(key, cancellationToken);
    }

    private async Task<Delivery> CloseAsync(string key, CancellationToken cancellationToken)
    {
        var path = $"issue/{Uri.EscapeDataString(key)}/transitions";
        var offered = await SendAsync(HttpMethod.Get, path, null, cancellationToken);
        if (offered.Failure is not null)
            return offered.Failure;
        if (JiraAnswers.TransitionToDone(offered.Body) is not { } id)
            return Delivery.Done("commented; the workflow offers no way to done", key);
        var closed = await SendAsync(HttpMethod.Post, path, JiraPayload.Transition(id), cancellationToken);
        return closed.Failure ?? Delivery.Done($"{closed.Status}", key);
    }

    private async Task<HttpAnswer> SendAsync(HttpMethod method, string path, string? json, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(method, $"{options.BaseUrl!.AbsoluteUri.TrimEnd('/')}/rest/api/3/{path}");
        request.Headers.Authorization = _account;
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        request.Content = json is null ? null : ChannelHttp.Json(json);
        return await http.SendAsync(request, [.. options.Secrets, new Secret(_account.Parameter!)], cancellationToken);
    }
}
