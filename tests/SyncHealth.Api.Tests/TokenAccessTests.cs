using System.Net;
using System.Text.Json;
using Xunit;

namespace SyncHealth.Api.Tests;

public sealed class ReadAccessTests
{
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

    [Fact]
    public void Options_NobodyCouldRead_NameTheKeyToSet()
    {
        Assert.Contains("SYNCHEALTH__Api__ReadToken", Assert.Throws<ArgumentException>(new ApiOptions().Validate).Message, StringComparison.Ordinal);
        Assert.Contains("16 characters", Assert.Throws<ArgumentException>(new ApiOptions { ReadToken = "short" }.Validate).Message, StringComparison.Ordinal);
    }
}
