using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using SyncHealth.Alerting.Receivers.Page;

namespace SyncHealth.Alerting.Receivers;

/// <summary>Serves the fakes under the vendors' own paths, and a page of what arrived.</summary>
public static class ReceiverRoutes
{
    private static readonly JsonSerializerOptions Web = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    /// <summary>
    /// Maps below <paramref name="prefix"/>: the page itself, <c>/state</c> (JSON), <c>/pagerduty/v2/enqueue</c>, <c>/pagerduty/v2/change/enqueue</c>,
    /// <c>/slack/services/{team}/{bot}/{token}</c>, <c>/slack/api/…</c>, <c>/jira/rest/api/3/…</c> and <c>/webhook</c>.
    /// </summary>
    public static IEndpointRouteBuilder MapSyncHealthReceivers(this IEndpointRouteBuilder app, string prefix = "/receivers")
    {
        var receivers = app.MapGroup(prefix);
        receivers.MapGet("", (FakeReceivers fakes) => Results.Content(ReceiversPage.Of(fakes.State), "text/html; charset=utf-8"));
        receivers.MapGet("/state", (FakeReceivers fakes) => Results.Json(fakes.State, Web));
        receivers.MapPost("/pagerduty/v2/enqueue", (HttpContext http, FakeReceivers fakes) => AnswerAsync(http, fakes.PagerDuty.Enqueue));
        receivers.MapPost("/pagerduty/v2/change/enqueue", (HttpContext http, FakeReceivers fakes) => AnswerAsync(http, fakes.PagerDuty.EnqueueChange));
        receivers.MapPost("/slack/services/{team}/{bot}/{token}", (HttpContext http, FakeReceivers fakes) => AnswerAsync(http, fakes.Slack.Post));
        receivers.MapPost("/slack/api/chat.postMessage", (HttpContext http, FakeReceivers fakes) => AnswerAsync(http, body => fakes.Slack.PostMessage(http.Request.Headers, body)));
        receivers.MapPost("/slack/api/chat.update", (HttpContext http, FakeReceivers fakes) => AnswerAsync(http, body => fakes.Slack.Update(http.Request.Headers, body)));
        receivers.MapPost("/webhook", (HttpContext http, FakeReceivers fakes) => AnswerBytesAsync(http, body => fakes.Webhook.Post(http.Request.Headers, body)));
        MapJira(receivers.MapGroup("/jira/rest/api/3"));
        return app;
    }

    private static void MapJira(RouteGroupBuilder jira)
    {
        jira.MapPost("/issue", (HttpContext http, FakeReceivers fakes) => AnswerAsync(http, Guarded(http, fakes, fakes.Jira.Create)));
        jira.MapPost("/search/jql", (HttpContext http, FakeReceivers fakes) => AnswerAsync(http, Guarded(http, fakes, fakes.Jira.Search)));
        jira.MapPost("/search", (HttpContext http, FakeReceivers fakes) => AnswerAsync(http, _ => fakes.RefuseAccess("jira", StatusCodes.Status410Gone, "The requested API has been removed. Use /rest/api/3/search/jql.")));
        jira.MapGet("/issue/{key}", (string key, string? fields, HttpContext http, FakeReceivers fakes) => AnswerAsync(http, Guarded(http, fakes, _ => fakes.Jira.Get(key, fields))));
        jira.MapGet("/issue/{key}/comment", (string key, string? orderBy, int? maxResults, HttpContext http, FakeReceivers fakes) =>
            AnswerAsync(http, Guarded(http, fakes, _ => fakes.Jira.Comments(key, orderBy, maxResults))));
        jira.MapPut("/issue/{key}", (string key, HttpContext http, FakeReceivers fakes) => AnswerAsync(http, Guarded(http, fakes, body => fakes.Jira.Edit(key, body))));
        jira.MapPost("/issueLink", (HttpContext http, FakeReceivers fakes) => AnswerAsync(http, Guarded(http, fakes, fakes.Jira.Link)));
        jira.MapPost("/issue/{key}/comment", (string key, HttpContext http, FakeReceivers fakes) => AnswerAsync(http, Guarded(http, fakes, body => fakes.Jira.Comment(key, body))));
        jira.MapGet("/issue/{key}/transitions", (string key, HttpContext http, FakeReceivers fakes) => AnswerAsync(http, Guarded(http, fakes, _ => fakes.Jira.Transitions(key))));
        jira.MapPost("/issue/{key}/transitions", (string key, HttpContext http, FakeReceivers fakes) => AnswerAsync(http, Guarded(http, fakes, body => fakes.Jira.Transition(key, body))));
    }

    private static Func<string, FakeAnswer> Guarded(HttpContext http, FakeReceivers fakes, Func<string, FakeAnswer> answer) =>
        http.Request.Headers.Authorization.ToString().StartsWith("Basic ", StringComparison.Ordinal)
            ? answer
            : _ => fakes.RefuseAccess("jira", StatusCodes.Status401Unauthorized, "Client must be authenticated to access this resource.");

    private static Task AnswerAsync(HttpContext http, Func<string, FakeAnswer> answer) => AnswerBytesAsync(http, body => answer(Encoding.UTF8.GetString(body)));

    private static async Task AnswerBytesAsync(HttpContext http, Func<byte[], FakeAnswer> answer)
    {
        var body = await ReadAsync(http.Request, http.RequestAborted);
        var made = body is null ? FakeAnswer.Plain(StatusCodes.Status413PayloadTooLarge, "payload too large") : answer(body);
        await made.WriteAsync(http.Response);
    }

    private static async Task<byte[]?> ReadAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        var buffer = new byte[ReceiverLimits.MaxBodyBytes + 1];
        var length = await request.Body.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellationToken);
        return length > ReceiverLimits.MaxBodyBytes ? null : buffer[..length];
    }
}
