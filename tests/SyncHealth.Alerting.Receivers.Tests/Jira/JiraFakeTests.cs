using System.Net;
using Xunit;

namespace SyncHealth.Alerting.Receivers.Tests.Jira;

public sealed class JiraFakeTests : IAsyncLifetime
{
    private const string Issue = """
        { "fields": { "project": { "key": "OPS" }, "issuetype": { "name": "Bug" }, "summary": "it is broken", "labels": [ "synchealth", "alert-1" ],
          "description": { "type": "doc", "version": 1, "content": [ { "type": "paragraph", "content": [
            { "type": "text", "text": "words", "marks": [ { "type": "link", "attrs": { "href": "https://example.com" } } ] } ] } ] } } }
        """;

    private const string Search = """{ "jql": "project = \"OPS\" AND labels = \"alert-1\"", "fields": [ "status" ] }""";
    private const string Comment = """{ "body": { "type": "doc", "version": 1, "content": [ { "type": "paragraph", "content": [ { "type": "text", "text": "over" } ] } ] } }""";
    private ReceiverSite _site = null!;

    public async ValueTask InitializeAsync() => _site = await ReceiverSite.StartAsync(searchLag: TimeSpan.FromSeconds(30));

    public ValueTask DisposeAsync() => _site.DisposeAsync();

    [Fact]
    public async Task Create_Correct_MakesAnIssue()
    {
        var (status, body) = await _site.PostAsync("jira/rest/api/3/issue", Issue);

        Assert.Equal(HttpStatusCode.Created, status);
        Assert.Contains("\"key\":\"OPS-1\"", body, StringComparison.Ordinal);
        Assert.Equal(("OPS-1", "it is broken", "To Do"), (_site.State.Jira.Issues[0].Key, _site.State.Jira.Issues[0].Summary, _site.State.Jira.Issues[0].Status));
    }

    [Theory]
    [InlineData("\"key\": \"OPS\"", "\"name\": \"OPS\"", "project")]
    [InlineData("\"name\": \"Bug\"", "\"nam\": \"Bug\"", "issuetype")]
    [InlineData("it is broken", "", "summary")]
    [InlineData("it is broken", "two\\nlines", "newline")]
    [InlineData("\"alert-1\"", "\"alert 1\"", "contains spaces which is invalid")]
    [InlineData("\"alert-1\"", "1", "not a string")]
    [InlineData("\"type\": \"doc\"", "\"type\": \"text\"", "Operation value must be an Atlassian Document")]
    [InlineData("\"version\": 1", "\"version\": 2", "Operation value must be an Atlassian Document")]
    [InlineData("\"words\"", "\"\"", "text node is empty")]
    [InlineData("\"type\": \"paragraph\"", "\"type\": \"p\"", "unknown node type")]
    [InlineData("\"type\": \"link\"", "\"type\": \"href\"", "unknown mark")]
    [InlineData("https://example.com", "/here", "absolute href")]
    [InlineData("\"labels\"", "\"priority\"", "not on the appropriate screen")]
    public async Task Create_Malformed_IsRefusedAsJiraWould(string from, string to, string reason)
    {
        Assert.Equal(HttpStatusCode.BadRequest, (await _site.PostAsync("jira/rest/api/3/issue", ReceiverSite.Change(Issue, from, to))).Status);
        Assert.Contains(reason, Assert.Single(_site.State.Rejections).Reason, StringComparison.Ordinal);
        Assert.Empty(_site.State.Jira.Issues);
    }

    [Fact]
    public async Task Create_PlainTextDescription_IsRefused()
    {
        var plain = """{ "fields": { "project": { "key": "OPS" }, "issuetype": { "name": "Bug" }, "summary": "s", "description": "plain" } }""";

        Assert.Contains("Atlassian Document", (await _site.PostAsync("jira/rest/api/3/issue", plain)).Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Search_JustMade_IsNotFoundUntilTheIndexHasCaughtUp()
    {
        await _site.PostAsync("jira/rest/api/3/issue", Issue);
        Assert.DoesNotContain("OPS-1", (await _site.PostAsync("jira/rest/api/3/search/jql", Search)).Body, StringComparison.Ordinal);

        _site.Wall.Advance(TimeSpan.FromSeconds(30));
        Assert.Contains("OPS-1", (await _site.PostAsync("jira/rest/api/3/search/jql", Search)).Body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("jira/rest/api/3/search", Search, HttpStatusCode.Gone)]
    [InlineData("jira/rest/api/3/search/jql", """{ "jql": "project = \"OPS\" AND labels = \"alert-1\"" }""", HttpStatusCode.BadRequest)]
    [InlineData("jira/rest/api/3/search/jql", """{ "jql": "anything", "fields": ["status"] }""", HttpStatusCode.BadRequest)]
    public async Task Search_AskedWrongly_IsRefused(string path, string body, HttpStatusCode expected) =>
        Assert.Equal(expected, (await _site.PostAsync(path, body)).Status);

    [Fact]
    public async Task Get_OfSomeFields_ShowsNoOthers()
    {
        await _site.PostAsync("jira/rest/api/3/issue", Issue);

        var (_, all) = await _site.GetAsync("jira/rest/api/3/issue/OPS-1");
        var (_, some) = await _site.GetAsync("jira/rest/api/3/issue/OPS-1?fields=status,labels");

        Assert.Contains("\"comment\"", all, StringComparison.Ordinal);
        Assert.Contains("\"labels\"", some, StringComparison.Ordinal);
        Assert.DoesNotContain("\"comment\"", some, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("?orderBy=-created&maxResults=2", HttpStatusCode.OK, "c b")]
    [InlineData("?orderBy=created&maxResults=1", HttpStatusCode.OK, "a")]
    [InlineData("", HttpStatusCode.OK, "a b c")]
    [InlineData("?orderBy=newest", HttpStatusCode.BadRequest, "")]
    public async Task Comments_AskedFor_AreAPageInThatOrder(string query, HttpStatusCode expected, string texts)
    {
        await _site.PostAsync("jira/rest/api/3/issue", Issue);
        foreach (var text in new[] { "a", "b", "c" })
            _site.Fakes.CommentJiraIssue("OPS-1", text);

        var (status, body) = await _site.GetAsync("jira/rest/api/3/issue/OPS-1/comment" + query);

        Assert.Equal(expected, status);
        Assert.Equal(texts, string.Join(' ', System.Text.RegularExpressions.Regex.Matches(body, "\"text\":\"(.)\"").Select(static match => match.Groups[1].Value)));
    }

    [Fact]
    public async Task Transition_ToDone_IsOfferedUnderAForeignNameAndClosesTheIssue()
    {
        await _site.PostAsync("jira/rest/api/3/issue", Issue);
        await _site.PostAsync("jira/rest/api/3/issue/OPS-1/comment", Comment);
        var offered = await _site.GetAsync("jira/rest/api/3/issue/OPS-1/transitions");
        Assert.Contains("\"name\":\"Erledigt\"", offered.Body, StringComparison.Ordinal);

        Assert.Equal(HttpStatusCode.NoContent, (await _site.PostAsync("jira/rest/api/3/issue/OPS-1/transitions", """{ "transition": { "id": "31" } }""")).Status);

        var issue = Assert.Single(_site.State.Jira.Issues);
        Assert.Equal("Done", issue.Status);
        Assert.Equal("over\n", Assert.Single(issue.Comments));
        Assert.Contains("\"key\":\"done\"", (await _site.GetAsync("jira/rest/api/3/issue/OPS-1")).Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Any_WithoutCredentials_IsRefused() =>
        Assert.Equal(HttpStatusCode.Unauthorized, (await _site.PostAsync("jira/rest/api/3/issue", Issue, signedIn: false)).Status);

    [Fact]
    public async Task Any_UnknownIssue_IsNotFound() =>
        Assert.Equal(HttpStatusCode.NotFound, (await _site.PostAsync("jira/rest/api/3/issue/OPS-9/comment", Comment)).Status);
}
