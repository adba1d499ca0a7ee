using SyncHealth.Alerting.Messages;
using SyncHealth.Alerting.Routing;

namespace SyncHealth.Alerting.Worker.Channels.Jira;

/// <summary>
/// Keeps one Jira issue per alert: it is opened again when the alert comes back soon, and followed by a linked one when it comes back late.
/// Jira has no idempotency key, so an issue is searched by its label before it is made, and a request whose answer was lost waits until the
/// search index has caught up. Every step can be sent again: what an earlier attempt has already done is not done twice.
/// </summary>
internal sealed class JiraChannel(JiraOptions options, ChannelHttp http) : IChannel
{
    /// <summary>Jira's search is eventually consistent, by seconds to a minute.</summary>
    private static readonly TimeSpan SearchLag = TimeSpan.FromMinutes(1);

    private const int NotFound = 404;

    private readonly JiraSite _site = new(options, http);

    public string Receiver => options.Name;

    public Task<Delivery> SendAsync(Notification notification, CancellationToken cancellationToken) =>
        notification switch
        {
            { Message.Kind: NoticeKind.Resolve } => EndAsync(notification, cancellationToken),
            { Message.Kind: NoticeKind.Update, Reference: { } key } => UpdateAsync(key, notification.Message, cancellationToken),
            _ => BeginAsync(notification, cancellationToken),
        };

    /// <summary>Says on the issue how its group has changed. An issue that somebody closed or removed is left alone.</summary>
    private async Task<Delivery> UpdateAsync(string reference, AlertMessage message, CancellationToken cancellationToken)
    {
        var answer = await _site.GetAsync(reference, cancellationToken);
        if (answer.Status == NotFound)
            return Delivery.Done("somebody removed the issue", reference);
        if (answer.Failure is not null)
            return answer.Failure;
        var issue = JiraAnswers.Issue(answer.Body);
        var key = issue.Key ?? reference;
        if (issue.IsDone)
            return Delivery.Done("somebody closed the issue", key);
        var (unsaid, wasSaid) = await SayAsync(key, message, cancellationToken);
        return unsaid ?? Delivery.Done(wasSaid ? "said already" : "commented", key);
    }

    private async Task<Delivery> BeginAsync(Notification notification, CancellationToken cancellationToken)
    {
        if (notification.Reference is { } known)
            return Delivery.Done("the issue is there", known);
        var (failure, earlier) = await EarlierAsync(notification.EarlierReference, cancellationToken);
        if (failure is not null)
            return failure;
        var (lost, found) = await FindAsync(notification.Message, earlier, cancellationToken);
        if (lost is not null)
            return lost;
        // The search may name the earlier issue: then it was taken up again before an answer was lost, and the rest of that is still to do.
        if (found is not null && found != earlier?.Key)
            return Delivery.Done("the issue is there", found);
        if (earlier?.Key is not { } key)
            return await CreateAsync(notification.Message, linkTo: null, cancellationToken);
        if (!earlier.IsDone)
            return await TakeUpAsync(key, earlier, notification.Message, cancellationToken);
        if (earlier.Resolution == options.WontDo)
            return Delivery.Done($"somebody decided to leave it: {key} is '{options.WontDo}'");
        return http.WallNow - (earlier.DoneAt ?? DateTimeOffset.MinValue) <= options.ReopenWithin
            ? await ReopenAsync(key, earlier, notification.Message, cancellationToken)
            : await CreateAsync(notification.Message, linkTo: key, cancellationToken);
    }

    /// <summary>The issue of the alert's last incident, if there was one and nobody deleted it.</summary>
    private async Task<(Delivery? Failure, JiraIssueView? Issue)> EarlierAsync(string? reference, CancellationToken cancellationToken)
    {
        if (reference is null)
            return (null, null);
        var answer = await _site.GetAsync(reference, cancellationToken);
        if (answer.Status == NotFound)
            return (null, null);
        if (answer.Failure is { } failure)
            return (failure with { MayHaveArrived = false }, null);
        // Taken for no issue, what cannot be read would be followed by a second one.
        return JiraAnswers.Issue(answer.Body) is { Key: not null } issue ? (null, issue) : (new Delivery(DeliveryStatus.Retry, $"the answer for {reference} is no issue"), null);
    }

    /// <summary>Comments, unless an attempt whose answer was lost already has.</summary>
    private async Task<(Delivery? Failure, bool WasSaid)> SayAsync(string key, AlertMessage message, CancellationToken cancellationToken)
    {
        var said = await _site.NewestCommentsAsync(key, cancellationToken);
        if (said.Failure is not null)
            return (said.Failure, false);
        if (JiraAnswers.HasComment(said.Body, Headline.Of(message), JiraPayload.LabelOf(message)))
            return (null, true);
        return ((await _site.CommentAsync(key, JiraPayload.Comment(message), cancellationToken)).Failure, false);
    }

    private async Task<(Delivery? Failure, string? Key)> FindAsync(AlertMessage message, JiraIssueView? earlier, CancellationToken cancellationToken)
    {
        var answer = await _site.PostAsync("search/jql", JiraPayload.Search(message, options, earlier?.Id), cancellationToken);
        // A search changes nothing, so a lost answer leaves nothing in doubt.
        return answer.Failure is { } failure ? (failure with { MayHaveArrived = false }, null) : (null, JiraAnswers.FirstKey(answer.Body));
    }

    private async Task<Delivery> CreateAsync(AlertMessage message, string? linkTo, CancellationToken cancellationToken)
    {
        var answer = await _site.PostAsync("issue", JiraPayload.Create(message, options), cancellationToken);
        if (answer.Failure is { } failure)
            return failure.MayHaveArrived ? failure with { RetryAfter = failure.RetryAfter > SearchLag ? failure.RetryAfter : SearchLag } : failure;
        if (JiraAnswers.Key(answer.Body) is not { } key)
            return new Delivery(DeliveryStatus.Retry, "the answer names no issue") { MayHaveArrived = true, RetryAfter = SearchLag };
        if (linkTo is null)
            return Delivery.Done($"{answer.Status}", key);
        // The issue is what counts: a link that a site does not allow must not cost it.
        var linked = await _site.PostAsync("issueLink", JiraPayload.Link(key, linkTo), cancellationToken);
        return Delivery.Done(linked.Failure is { } refused ? $"made; not linked to {linkTo}: {refused.Detail}" : $"made, linked to {linkTo}", key);
    }

    private async Task<Delivery> ReopenAsync(string key, JiraIssueView earlier, AlertMessage message, CancellationToken cancellationToken)
    {
        if (await _site.MoveAsync(key, JiraAnswers.TransitionBack, cancellationToken) is not { } moved)
            return await CreateAsync(message, linkTo: key, cancellationToken);
        return moved.Failure ?? await TakeUpAsync(key, earlier, message, cancellationToken);
    }

    /// <summary>Makes an open issue that of this incident too.</summary>
    private async Task<Delivery> TakeUpAsync(string key, JiraIssueView earlier, AlertMessage message, CancellationToken cancellationToken)
    {
        if (!earlier.Labels.Contains(JiraPayload.LabelOf(message)))
        {
            var labelled = await _site.EditAsync(key, JiraPayload.AddLabel(message), cancellationToken);
            if (labelled.Failure is not null)
                return labelled.Failure;
        }

        var (unsaid, wasSaid) = await SayAsync(key, message, cancellationToken);
        return unsaid ?? Delivery.Done(earlier.IsDone && !wasSaid ? "opened again" : "taken up again", key);
    }

    private async Task<Delivery> EndAsync(Notification notification, CancellationToken cancellationToken)
    {
        var (failure, key) = notification.Reference is { } known ? (null, known) : await FindAsync(notification.Message, null, cancellationToken);
        if (failure is not null)
            return failure;
        return key is null ? Delivery.Done("there is no issue to resolve") : await ResolveAsync(key, notification.Message, cancellationToken);
    }

    private async Task<Delivery> ResolveAsync(string reference, AlertMessage message, CancellationToken cancellationToken)
    {
        var answer = await _site.GetAsync(reference, cancellationToken);
        if (answer.Status == NotFound)
            return Delivery.Done("somebody removed the issue", reference);
        if (answer.Failure is not null)
            return answer.Failure;
        var issue = JiraAnswers.Issue(answer.Body);
        var key = issue.Key ?? reference;
        if (issue.IsDone && issue.Resolution == options.WontDo)
            return Delivery.Done($"somebody decided to leave it: {key} is '{options.WontDo}'", key);

        if ((await SayAsync(key, message, cancellationToken)).Failure is { } unsaid)
            return unsaid;
        if (issue.IsDone)
            return Delivery.Done("somebody closed the issue", key);
        var closed = await _site.MoveAsync(key, JiraAnswers.TransitionToDone, cancellationToken);
        if (closed is null)
            return Delivery.Done("commented; the workflow offers no way to done", key);
        return closed.Failure ?? Delivery.Done($"{closed.Status}", key);
    }
}
