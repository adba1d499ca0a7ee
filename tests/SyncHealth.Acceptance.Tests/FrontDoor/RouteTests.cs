using System.Net;
using Xunit;

namespace SyncHealth.Acceptance.Tests.FrontDoor;

/// <summary>Every route of the contract is there.</summary>
public sealed class RouteTests(RunningDemo demo) : IClassFixture<RunningDemo>
{
    [Theory]
    [InlineData("", "text/html")]
    [InlineData("healthz", "application/json")]
    [InlineData("readyz", "application/json")]
    [InlineData("metrics", "text/plain")]
    [InlineData("openapi/v1.json", "application/json")]
    [InlineData("api/v1/alerts", "application/json")]
    [InlineData("api/v1/alerts/history", "application/json")]
    [InlineData("api/v1/markers", "application/json")]
    [InlineData("api/v1/keys", "application/json")]
    [InlineData("api/v1/apps", "application/json")]
    [InlineData("api/v1/doctor", "application/json")]
    [InlineData("receivers", "text/html")]
    [InlineData("receivers/state", "application/json")]
    [InlineData("runbooks/sync-success-rate", "text/html")]
    [InlineData("_framework/blazor.web.js", "text/javascript")]
    public async Task Get_Answers(string route, string mediaType)
    {
        using var answer = await demo.Http.GetAsync(route);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(mediaType, answer.Content.Headers.ContentType?.MediaType);
        Assert.NotEmpty(await answer.Content.ReadAsByteArrayAsync());
    }

    [Fact]
    public async Task Backtest_OfARuleFile_AnswersWhatItWouldHaveDone()
    {
        using var rules = new StringContent("rules:\n  - { name: rate, metric: success_rate, below: 95 }\n", System.Text.Encoding.UTF8, "application/yaml");
        using var answer = await demo.Http.PostAsync("api/v1/rules/backtest?since=1h&every=10m", rules);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Contains("\"rule\":\"rate\"", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);

        using var wrong = new StringContent("rules:\n  - { name: rate, metric: success_rate, bellow: 95 }\n", System.Text.Encoding.UTF8, "application/yaml");
        using var refused = await demo.Http.PostAsync("api/v1/rules/backtest", wrong);
        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        Assert.Contains("line 2: rules[rate].bellow", await refused.Content.ReadAsStringAsync(), StringComparison.Ordinal);

        using var form = new StringContent("rules: []");
        using var foreign = await demo.Http.PostAsync("api/v1/rules/backtest", form);
        Assert.Equal(HttpStatusCode.UnsupportedMediaType, foreign.StatusCode);
    }

    [Theory]
    [InlineData("api/v1/vitals?app=nobody", HttpStatusCode.NotFound, "unknown_app")]
    [InlineData("api/v1/vitals", HttpStatusCode.BadRequest, "invalid_parameter")]
    public async Task Get_OfWhatIsNotThere_IsAProblemWithACode(string route, HttpStatusCode status, string code)
    {
        using var answer = await demo.Http.GetAsync(route);
        Assert.Equal(status, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        Assert.Contains($"\"{code}\"", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }
}
