using System.Net;
using SyncHealth.Alerting.Messages;
using SyncHealth.Alerting.Receivers;
using SyncHealth.Alerting.Receivers.Jira;
using SyncHealth.Alerting.Worker.Channels;
using SyncHealth.Testing;
using Xunit;

namespace SyncHealth.Alerting.Worker.Tests.Channels.Jira;

/// <summary>An alert comes back: what becomes of the issue of its last incident, in every state that people may have left it in.</summary>
public sealed class JiraMatrixTests : IAsyncLifetime
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);

    private readonly ManualTimeProvider _wall = new(Noon);
    private readonly FaultHandler _faults = new();
    private ChannelHttp _http = null!;
    private FakeSite _site = null!;
    private ReceiverOptions _options = null!;
    private int _incidents;

    public async ValueTask InitializeAsync()
    {
        _site = await FakeSite.StartAsync(_wall, _wall, options => _options = options);
        _http = new ChannelHttp(_faults, _wall);
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _site.DisposeAsync();
    }

    [Fact]
    public async Task First_IsMade() => Assert.Equal(("OPS-1", "To Do"), Single(await BeginAsync(null)));

    [Fact]
    public async Task StillOpen_IsTakenUp()
    {
        var first = await BeginAsync(null);
        var second = await BeginAsync(first.Reference);

        Assert.Equal(("OPS-1", "To Do"), Single(second));
        Assert.Single(Issues[0].Comments);
        Assert.Equal(3, Issues[0].Labels.Count);
    }

    [Fact]
    public async Task DoneShortlyAgo_IsOpenedAgain()
    {
        var first = await ResolvedAsync();
        _wall.Advance(TimeSpan.FromDays(7));
        var second = await BeginAsync(first);

        Assert.Equal(("OPS-1", "To Do"), Single(second));
        Assert.Equal(1, Issues[0].Reopened);
    }

    /// <summary>An alert that comes back for months: what has been said of it by then is longer than any answer that is read whole.</summary>
    [Fact]
    public async Task DoneShortlyAgo_AfterHundredsOfComments_IsOpenedAgain()
    {
        var first = await ResolvedAsync();
        for (var comment = 0; comment < 300; comment++)
            _site.Fakes.CommentJiraIssue("OPS-1", new string('c', 1_000));
        var second = await BeginAsync(first);
        await EndAsync(second.Reference);

        Assert.Equal(("OPS-1", "Done"), Single(second));
        Assert.Equal((1, 303), (Issues[0].Reopened, Issues[0].Comments.Count));
    }

    [Fact]
    public async Task DoneLongAgo_IsFollowedByANewOneThatLinksToIt()
    {
        var first = await ResolvedAsync();
        _wall.Advance(TimeSpan.FromDays(7) + TimeSpan.FromSeconds(1));
        var second = await BeginAsync(first);

        Assert.Equal("OPS-2", second.Reference);
        Assert.Equal(["OPS-1"], Issues[1].Links);
        Assert.Equal("Done", Issues[0].Status);
    }

    [Fact]
    public async Task WontDo_IsLeftAloneAndNothingIsMade()
    {
        var first = await BeginAsync(null);
        _site.Fakes.CloseJiraIssue("OPS-1", "Won't Do");
        var second = await BeginAsync(first.Reference);
        var end = await EndAsync(second.Reference);

        Assert.Equal((DeliveryStatus.Delivered, null, DeliveryStatus.Delivered), (second.Status, second.Reference, end.Status));
        Assert.Contains("somebody decided to leave it", second.Detail, StringComparison.Ordinal);
        Assert.Equal(("Done", 0), (Assert.Single(Issues).Status, Issues[0].Comments.Count));
    }

    [Fact]
    public async Task WontDoDuringTheIncident_IsNotCommentedAtItsEnd()
    {
        var first = await BeginAsync(null);
        _site.Fakes.CloseJiraIssue("OPS-1", "Won't Do");
        await EndAsync(first.Reference);

        Assert.Empty(Assert.Single(Issues).Comments);
    }

    [Fact]
    public async Task Deleted_IsFollowedByANewOne()
    {
        var first = await ResolvedAsync();
        _site.Fakes.DeleteJiraIssue("OPS-1");

        Assert.Equal(("OPS-2", "To Do"), Single(await BeginAsync(first)));
        Assert.Empty(Issues[0].Links);
    }

    [Fact]
    public async Task Moved_IsFoundUnderItsNewKey()
    {
        var first = await ResolvedAsync();
        _site.Fakes.MoveJiraIssue("OPS-1", "WEB");
        var second = await BeginAsync(first);
        var end = await EndAsync(second.Reference);

        Assert.Equal(("WEB-2", DeliveryStatus.Delivered), (second.Reference, end.Status));
        Assert.Equal(("WEB-2", "Done", 1), (Assert.Single(Issues).Key, Issues[0].Status, Issues[0].Reopened));
    }

    [Fact]
    public async Task WorkflowWithoutAWayBack_IsFollowedByANewOneThatLinksToIt()
    {
        _options.JiraReopens = false;
        var second = await BeginAsync(await ResolvedAsync());

        Assert.Equal(("OPS-2", "OPS-1"), (second.Reference, Assert.Single(Issues[1].Links)));
    }

    [Fact]
    public async Task AnswerOfCreateLost_IsFoundOnceTheIndexHasIt()
    {
        _options.JiraSearchLag = TimeSpan.FromSeconds(45);
        _faults.After = (request, answer) => Is(request, "/issue") ? throw new HttpRequestException(HttpRequestError.ResponseEnded) : answer;
        var lost = await BeginAsync(null);
        _faults.After = null;
        Assert.True(lost is { Status: DeliveryStatus.Retry, MayHaveArrived: true });

        _wall.Advance(lost.RetryAfter!.Value);
        _incidents--;

        Assert.Equal(("OPS-1", "To Do"), Single(await BeginAsync(null)));
    }

    [Theory]
    [InlineData("/transitions")]
    [InlineData("/OPS-1")]
    [InlineData("/comment")]
    public async Task AnswerLostWhileOpeningAgain_IsNotDoneTwice(string path)
    {
        _options.JiraSearchLag = TimeSpan.FromMinutes(1);
        var first = await ResolvedAsync();
        _faults.After = (request, answer) => request.Method != HttpMethod.Get && Is(request, path) ? new HttpResponseMessage(HttpStatusCode.GatewayTimeout) : answer;
        Assert.Equal(DeliveryStatus.Retry, (await BeginAsync(first)).Status);
        _faults.After = null;
        _incidents--;
        var second = await BeginAsync(first);

        Assert.Equal(("OPS-1", "To Do"), Single(second));
        Assert.Equal((1, 2, 3), (Issues[0].Reopened, Issues[0].Comments.Count, Issues[0].Labels.Count));
    }

    [Fact]
    public async Task SearchLag_WhatIsKnownByItsIdIsFoundAtOnce()
    {
        _options.JiraSearchLag = TimeSpan.FromMinutes(1);
        var first = await BeginAsync(null);
        await BeginAsync(first.Reference);
        _incidents--;
        var bodies = new List<string>();
        _faults.Before = request => bodies.Add(request.Content?.ReadAsStringAsync().GetAwaiter().GetResult() ?? "");
        await BeginAsync(first.Reference);

        Assert.Contains("\"reconcileIssues\":[10001]", bodies[1], StringComparison.Ordinal);
        Assert.Single(Assert.Single(Issues).Comments);
    }

    [Fact]
    public async Task TooManyWritesToOneIssue_AreTriedAgainLater()
    {
        var first = await BeginAsync(null);
        Delivery last;
        do
            last = await BeginAsync(first.Reference);
        while (last.Status == DeliveryStatus.Delivered);

        Assert.Equal((DeliveryStatus.Retry, 2d, false), (last.Status, last.RetryAfter?.TotalSeconds, last.MayHaveArrived));
        _wall.Advance(TimeSpan.FromSeconds(2));
        _incidents--;
        Assert.Equal(DeliveryStatus.Delivered, (await BeginAsync(first.Reference)).Status);
        Assert.Single(Issues);
    }

    private IReadOnlyList<JiraIssue> Issues => _site.State.Jira.Issues;

    private static bool Is(HttpRequestMessage request, string end) => request.RequestUri!.AbsolutePath.EndsWith(end, StringComparison.Ordinal);

    private (string Key, string Status) Single(Delivery delivery)
    {
        Assert.Equal(DeliveryStatus.Delivered, delivery.Status);
        var issue = Assert.Single(Issues);
        Assert.Equal(issue.Key, delivery.Reference);
        return (issue.Key, issue.Status);
    }

    /// <summary>A new incident of the same alert.</summary>
    private Task<Delivery> BeginAsync(string? earlier)
    {
        _incidents++;
        return SendAsync(Some.Trigger(), null, earlier);
    }

    private Task<Delivery> EndAsync(string? reference) => SendAsync(Some.Resolve(), reference, null);

    private async Task<string> ResolvedAsync()
    {
        var begun = await BeginAsync(null);
        await EndAsync(begun.Reference);
        return begun.Reference!;
    }

    private Task<Delivery> SendAsync(AlertMessage message, string? reference, string? earlier) => _site.Receivers.Single(receiver => receiver.Name == "jira").Create(_http).SendAsync(
        new Notification(message with { IncidentKey = $"{_incidents:x32}", Value = 90 - _incidents }, reference) { EarlierReference = earlier }, CancellationToken.None);
}
