using System.Net;
using System.Text.Json;
using Xunit;

namespace SyncHealth.Api.Tests;

public sealed class TokenAccessTests
{
    private const string ReadToken = Token;
    private const string EditorToken = "an-editor-token-of-32-characters";
    private const string AdminToken = "an-admin-token-of-32-characters-";
    private const string Token = "a-read-token-of-32-characters-xx";
    private const string Path = "/api/v1/vitals?app=notes";

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("a-read-token-of-32-characters-xy")]
    [InlineData("a-read-token-of-32-characters-xxx")]
    public async Task TokenOnly_WithoutTheToken_IsUnauthorized(string? token)
    {
        await using var stage = await ApiStage.StartAsync(new ApiOptions { ReadToken = Token });

        var response = await stage.GetAsync(Path, token);

        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        Assert.Equal("Bearer", response.Headers.WwwAuthenticate.ToString());
        using var problem = JsonDocument.Parse(await response.Content.ReadAsStringAsync());
        Assert.Equal("token_required", problem.RootElement.GetProperty("code").GetString());
        Assert.Null(stage.Readers.Asked);
    }

    [Fact]
    public async Task TokenOnly_WithTheToken_Reads()
    {
        await using var stage = await ApiStage.StartAsync(new ApiOptions { ReadToken = Token });

        Assert.Equal(HttpStatusCode.OK, (await stage.GetAsync(Path, Token)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await stage.GetAsync("/openapi/v1.json")).StatusCode);
    }

    [Fact]
    public async Task Loopback_ForwardedByAProxy_NeedsTheToken()
    {
        await using var stage = await ApiStage.StartAsync(new ApiOptions { ReadToken = Token, LoopbackWithoutToken = true });

        Assert.Equal(HttpStatusCode.OK, (await stage.GetAsync(Path)).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await stage.GetAsync(Path, forwardedFor: "203.0.113.9")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await stage.GetAsync(Path, Token, "203.0.113.9")).StatusCode);
    }

    [Theory]
    [InlineData(ReadToken, 200, 403, 403)]
    [InlineData(EditorToken, 200, 400, 403)]
    [InlineData(AdminToken, 200, 400, 400)]
    [InlineData("shk_an-ingest-key-of-32-characters", 401, 401, 401)]
    [InlineData(null, 401, 401, 401)]
    public async Task Levels_OpenWhatTheyMay(string? token, int read, int edit, int administer)
    {
        await using var stage = await ApiStage.StartAsync(new ApiOptions { ReadToken = ReadToken, EditorToken = EditorToken, AdminToken = AdminToken });

        Assert.Equal(read, (int)(await stage.GetAsync(Path, token)).StatusCode);
        // An empty object lacks what is required: 400 says that the door was open.
        Assert.Equal(edit, (int)(await stage.SendAsync(HttpMethod.Post, "/api/v1/markers", "{}", token)).StatusCode);
        Assert.Equal(administer, (int)(await stage.SendAsync(HttpMethod.Post, "/api/v1/keys", "{}", token)).StatusCode);
    }

    [Fact]
    public async Task Loopback_AskedByAnotherName_NeedsTheToken()
    {
        await using var stage = await ApiStage.StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, Path);
        request.Headers.Host = "rebound.example";
        Assert.Equal(HttpStatusCode.Unauthorized, (await stage.Client.SendAsync(request)).StatusCode);
    }

    [Theory]
    [InlineData("https://elsewhere.example", HttpStatusCode.Forbidden, "cross_origin")]
    [InlineData("null", HttpStatusCode.Forbidden, "cross_origin")]
    [InlineData("own", HttpStatusCode.BadRequest, "invalid_parameter")]
    public async Task Change_FromAPage_IsTakenFromOurOwnOnly(string origin, HttpStatusCode status, string code)
    {
        await using var stage = await ApiStage.StartAsync();
        var own = stage.Client.BaseAddress!.GetLeftPart(UriPartial.Authority);
        using var answer = await stage.SendAsync(HttpMethod.Post, "/api/v1/markers", "{}", change: request => request.Headers.Add("Origin", origin == "own" ? own : origin));
        Assert.Equal(status, answer.StatusCode);
        Assert.Contains($"\"{code}\"", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("text/plain")]
    [InlineData("application/x-www-form-urlencoded")]
    public async Task Change_AsAFormCouldSendIt_IsRefused(string contentType)
    {
        await using var stage = await ApiStage.StartAsync();
        using var answer = await stage.SendAsync(HttpMethod.Post, "/api/v1/markers", "{}", change: request => request.Content!.Headers.ContentType = new(contentType));
        Assert.Equal(HttpStatusCode.UnsupportedMediaType, answer.StatusCode);
    }

    [Fact]
    public void Options_NobodyCouldRead_NameTheKeyToSet()
    {
        Assert.Contains("SYNCHEALTH__Api__ReadToken", Assert.Throws<ArgumentException>(new ApiOptions().Validate).Message, StringComparison.Ordinal);
        Assert.Contains("SYNCHEALTH__Api__AdminToken", Assert.Throws<ArgumentException>(new ApiOptions { ReadToken = Token, AdminToken = Token }.Validate).Message, StringComparison.Ordinal);
        Assert.Contains("16 characters", Assert.Throws<ArgumentException>(new ApiOptions { ReadToken = "short" }.Validate).Message, StringComparison.Ordinal);
    }
}
