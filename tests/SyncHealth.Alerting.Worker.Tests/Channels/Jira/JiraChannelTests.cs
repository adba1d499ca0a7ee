using System.Net;
using System.Text;
using SyncHealth.Alerting.Messages;
using SyncHealth.Alerting.Worker.Channels;
using SyncHealth.Alerting.Worker.Channels.Jira;
using SyncHealth.Testing;
using Xunit;

namespace SyncHealth.Alerting.Worker.Tests.Channels.Jira;

public sealed class JiraChannelTests : ChannelContractTests
{
    private const string NothingFound = """{"issues":[]}""";
    private const string Found = """{"issues":[{"key":"OPS-7"}]}""";
    private const string Open = """{"fields":{"status":{"statusCategory":{"key":"indeterminate"}}}}""";
    private const string NothingSaid = """{"comments":[]}""";
    private const string Ways = """{"transitions":[{"id":"11","name":"Done?","to":{"statusCategory":{"key":"new"}}},{"id":"31","name":"Erledigt","to":{"statusCategory":{"key":"done"}}}]}""";

    protected override string Receiver => "jira";

    protected override ChannelOptions Options => new JiraOptions
    {
        Name = "jira", BaseUrl = new Uri("https://example.atlassian.net/"), Project = "OPS", Email = "alerts@example.com", Token = new Secret("canary-token"),
    };

    protected override int MaxBodyBytes => 100_000;

    [Fact]
    public async Task Trigger_Body_IsAsReviewed() => Golden.Matches("Jira", "create", await BodyOfAsync(
        new Notification(Some.Trigger(), null),
        vendor => vendor.Answer(HttpStatusCode.OK, NothingFound).Answer(HttpStatusCode.Created, """{"key":"OPS-1"}""")));

    [Fact]
    public async Task Resolve_Comment_IsAsReviewed()
    {
        using var vendor = new ScriptedHttpHandler()
            .Answer(HttpStatusCode.OK, Open).Answer(HttpStatusCode.OK, NothingSaid).Answer(HttpStatusCode.Created).Answer(HttpStatusCode.OK, Ways).Answer(HttpStatusCode.NoContent);
        var delivery = await SendAsync(vendor, Some.Resolve(), "OPS-7");

        Assert.Equal(DeliveryStatus.Delivered, delivery.Status);
        Golden.Matches("Jira", "comment", vendor.Requests[2].Text);
        Assert.Equal("""{"transition":{"id":"31"}}""", vendor.Requests[4].Text);
        Assert.Equal("Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes("alerts@example.com:canary-token")), vendor.Requests[0].Headers["Authorization"]);
    }

    [Fact]
    public async Task Trigger_IssueIsThere_MakesNoOther()
    {
        using var vendor = new ScriptedHttpHandler().Answer(HttpStatusCode.OK, Found);
        var delivery = await SendAsync(vendor, Some.Trigger(), null);

        Assert.Equal((DeliveryStatus.Delivered, "OPS-7"), (delivery.Status, delivery.Reference));
        Assert.Contains("alert-00112233445566778899aabbccddeeff", Assert.Single(vendor.Requests).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Trigger_AnswerOfCreateLost_WaitsForTheSearchIndex()
    {
        using var vendor = new ScriptedHttpHandler().Answer(HttpStatusCode.OK, NothingFound).Answer(HttpStatusCode.GatewayTimeout);
        var delivery = await SendAsync(vendor, Some.Trigger(), null);

        Assert.True(delivery is { Status: DeliveryStatus.Retry, MayHaveArrived: true, RetryAfter.TotalSeconds: >= 60 });
    }

    [Fact]
    public async Task Trigger_AnswerOfSearchLost_LeavesNothingInDoubt()
    {
        using var vendor = new ScriptedHttpHandler().Answer(HttpStatusCode.GatewayTimeout);

        Assert.False((await SendAsync(vendor, Some.Trigger(), null)).MayHaveArrived);
    }

    [Fact]
    public async Task Resolve_RetriedAfterItsComment_CommentsNoSecondTime()
    {
        var said = System.Text.Json.JsonSerializer.Serialize(Headline.Of(Some.Resolve()));
        using var vendor = new ScriptedHttpHandler()
            .Answer(HttpStatusCode.OK, Open)
            .Answer(HttpStatusCode.OK, """{"comments":[{"body":[{"type":"text","text":SAID},{"type":"text","text":"alert-00112233445566778899aabbccddeeff"}]}]}""".Replace("SAID", said, StringComparison.Ordinal))
            .Answer(HttpStatusCode.OK, Ways).Answer(HttpStatusCode.NoContent);

        Assert.Equal(DeliveryStatus.Delivered, (await SendAsync(vendor, Some.Resolve(), "OPS-7")).Status);
        Assert.Equal(["GET", "GET", "GET", "POST"], vendor.Requests.Select(request => request.Method.Method));
    }

    [Fact]
    public async Task Resolve_SameWordsOfAnEarlierIncident_CommentsAllTheSame()
    {
        var said = System.Text.Json.JsonSerializer.Serialize(Headline.Of(Some.Resolve()));
        using var vendor = new ScriptedHttpHandler()
            .Answer(HttpStatusCode.OK, Open)
            .Answer(HttpStatusCode.OK, """{"comments":[{"body":[{"text":SAID},{"text":"alert-ff"}]}]}""".Replace("SAID", said, StringComparison.Ordinal))
            .Answer(HttpStatusCode.Created).Answer(HttpStatusCode.OK, Ways).Answer(HttpStatusCode.NoContent);

        Assert.Equal(DeliveryStatus.Delivered, (await SendAsync(vendor, Some.Resolve(), "OPS-7")).Status);
        Assert.Equal(["GET", "GET", "POST", "GET", "POST"], vendor.Requests.Select(request => request.Method.Method));
    }

    [Theory]
    [InlineData(HttpStatusCode.NotFound, "", "somebody removed the issue")]
    [InlineData(HttpStatusCode.OK, """{"fields":[1,2]}""", "commented")]
    public async Task Resolve_IssueIsNotAsWeLeftIt_IsOverAllTheSame(HttpStatusCode status, string body, string detail)
    {
        using var vendor = new ScriptedHttpHandler().Answer(status, body).Answer(HttpStatusCode.OK, NothingSaid).Answer(HttpStatusCode.Created).Answer(HttpStatusCode.OK, """{"transitions":[]}""");
        var delivery = await SendAsync(vendor, Some.Resolve(), "OPS-7");

        Assert.Equal(DeliveryStatus.Delivered, delivery.Status);
        Assert.StartsWith(detail, delivery.Detail, StringComparison.Ordinal);
    }

    /// <summary>A proxy's page, or half of an answer: taken for no issue, it would be followed by a second one.</summary>
    [Theory]
    [InlineData("<html>sign in</html>")]
    [InlineData("""{"key":"OPS-7","fields":{"status":""")]
    [InlineData("{}")]
    public async Task Trigger_AnswerAboutTheEarlierIssueCannotBeRead_IsTriedAgainAndNothingIsMade(string body)
    {
        using var vendor = new ScriptedHttpHandler().Answer(HttpStatusCode.OK, body);
        using var http = new ChannelHttp(vendor, TimeProvider.System);
        var delivery = await Options.Create(http).SendAsync(new Notification(Some.Trigger(), null) { EarlierReference = "OPS-7" }, CancellationToken.None);

        Assert.Equal((DeliveryStatus.Retry, false, "the answer for OPS-7 is no issue"), (delivery.Status, delivery.MayHaveArrived, delivery.Detail));
        Assert.Single(vendor.Requests);
    }

    [Fact]
    public async Task Resolve_NoIssueAnywhere_MakesNone()
    {
        using var vendor = new ScriptedHttpHandler().Answer(HttpStatusCode.OK, NothingFound);

        Assert.Equal("there is no issue to resolve", (await SendAsync(vendor, Some.Resolve(), null)).Detail);
    }

    [Theory]
    [InlineData("OPS\" OR project = \"X")]
    [InlineData("")]
    public void Problems_ProjectThatIsNoKey_IsNamed(string project) =>
        Assert.Contains("project: must be a project key, as OPS", new JiraOptions { Project = project, Email = "e", Token = new Secret("t") }.Problems());

    protected override ScriptedHttpHandler Prepare(ScriptedHttpHandler vendor) => vendor.Answer(HttpStatusCode.OK, NothingFound);

    private async Task<Delivery> SendAsync(ScriptedHttpHandler vendor, AlertMessage message, string? reference)
    {
        using var http = new ChannelHttp(vendor, TimeProvider.System);
        return await Options.Create(http).SendAsync(new Notification(message, reference), CancellationToken.None);
    }
}
