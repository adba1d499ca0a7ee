using System.Net;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using SyncHealth.Host.Tests.Roles;
using SyncHealth.Storage.Alerts;
using SyncHealth.Storage.Keys;
using Xunit;

namespace SyncHealth.Host.Tests.Access;

/// <summary>Reliability F3: a person's session opens the routes of their role and no others; what they do stands under their own name.</summary>
public sealed class SessionRoutesTests : IAsyncLifetime
{
    private RunningPlatform _platform = null!;

    public async ValueTask InitializeAsync() => _platform = await RunningPlatform.StartAsync();

    public ValueTask DisposeAsync() => _platform.DisposeAsync();

    /// <summary>An empty object lacks what is required: 400 says that the door was open.</summary>
    [Theory]
    [InlineData("viewer", 200, 403, 403, 403)]
    [InlineData("editor", 200, 400, 403, 403)]
    [InlineData("admin", 200, 400, 200, 400)]
    public async Task F3_Session_OpensTheRoutesOfItsRole(string role, int read, int edit, int administer, int invite)
    {
        using var ann = await SignedInClient.JoinAsync(_platform, "Ann", role);
        Assert.Equal(read, (int)(await ann.GetAsync("/api/v1/alerts")).StatusCode);
        Assert.Equal(edit, await PostAsync(ann, "/api/v1/markers", "{}"));
        Assert.Equal(administer, (int)(await ann.GetAsync("/api/v1/keys")).StatusCode);
        Assert.Equal(invite, await PostAsync(ann, "/api/v1/users/invitations", "{}"));
        // Sessions are for people: apps send with keys.
        Assert.Equal(401, await PostAsync(ann, "/v1/events", "{}"));
    }

    [Fact]
    public async Task F3_SessionThatEnded_OpensNothing()
    {
        using var ann = await SignedInClient.JoinAsync(_platform, "Ann", "admin");
        var form = await (await ann.GetAsync("/account")).Content.ReadAsStringAsync();
        using (await ann.PostAsync("/logout", [("__RequestVerificationToken", LoginTests.TokenOf(form))]))
            Assert.Equal(HttpStatusCode.Unauthorized, (await ann.GetAsync("/api/v1/alerts")).StatusCode);
    }

    [Fact]
    public async Task Silence_ByAPerson_StandsUnderTheirOwnName()
    {
        const string Body = """{"matchers":["app=notes"],"reason":"known","createdBy":"somebody else","duration":"1h"}""";
        using var ann = await SignedInClient.JoinAsync(_platform, "Ann", "editor");
        Assert.Equal(201, await PostAsync(ann, "/api/v1/silences", Body));

        var silence = Assert.Single(await _platform.Services.GetRequiredService<SilenceStore>().ListAsync(DateTimeOffset.UnixEpoch, CancellationToken.None));

        Assert.Equal("Ann", silence.CreatedBy);
    }

    /// <summary>An ingest key in a browser that is signed in as a viewer is still only a key.</summary>
    [Fact]
    public async Task F1_IngestKeyBesideASession_AddsNothing()
    {
        using var ann = await SignedInClient.JoinAsync(_platform, "Ann", "viewer");
        var key = await _platform.Services.GetRequiredService<KeyStore>().CreateAsync("notes", "test", [], CancellationToken.None);
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/v1/keys");
        request.Headers.Add("X-SyncHealth-Key", key);
        using var answer = await ann.SendAsync(request);
        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
    }

    private static async Task<int> PostAsync(SignedInClient client, string path, string body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        using var answer = await client.SendAsync(request);
        return (int)answer.StatusCode;
    }
}
