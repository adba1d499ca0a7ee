using System.Net;
using System.Text.Json;
using SyncHealth.Storage.Accounts;
using Xunit;

namespace SyncHealth.Api.Tests.Users;

public sealed class UserRoutesTests : RoutesTest
{
    [Fact]
    public async Task Invite_ShowsTheLinkOnce_AndItOpensTheRole()
    {
        using var answer = await Stage.SendAsync(HttpMethod.Post, "/api/v1/users/invitations", """{"name":" Ann ","role":"editor"}""");
        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        var made = await ReadAsync(answer);
        var link = new Uri(made.GetProperty("link").GetString()!);

        Assert.Equal((Stage.Client.BaseAddress!.Authority, "/join"), (link.Authority, link.AbsolutePath));
        Assert.Equal(ApiStage.Now + InvitationStore.GoodFor, made.GetProperty("expiresAt").GetDateTimeOffset());
        var token = link.Query["?token=".Length..];
        Assert.Equal(new Invitation("Ann", AccountRole.Editor, "api", ApiStage.Now + InvitationStore.GoodFor), await Get<InvitationStore>().FindAsync(token, CancellationToken.None));
        var listed = await Stage.Client.GetStringAsync("api/v1/users");
        Assert.DoesNotContain(token, listed, StringComparison.Ordinal);
        Assert.Contains("""{"name":"Ann","role":"editor","createdBy":"api",""", listed, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Add_ThenRoleSignOutAndRemove_DoWhatTheySay()
    {
        await ChangeAsync(HttpMethod.Post, "/api/v1/users", """{"name":"root","role":"admin"}""", HttpStatusCode.NoContent);
        await ChangeAsync(HttpMethod.Post, "/api/v1/users", """{"name":"ann","role":"viewer"}""", HttpStatusCode.NoContent);
        var ann = (await Get<AccountStore>().ListAsync(CancellationToken.None)).Single(account => account.Name == "ann").Id;
        await Get<SessionStore>().StartAsync(ann, CancellationToken.None);

        await ChangeAsync(HttpMethod.Put, $"/api/v1/users/{ann}", """{"role":"editor"}""", HttpStatusCode.NoContent);
        Assert.Contains($$"""{"id":"{{ann}}","name":"ann","role":"editor","hasPassword":false,"createdAt":"2026-03-04T14:37:20+00:00","sessions":1}""", await Stage.Client.GetStringAsync("api/v1/users"), StringComparison.Ordinal);
        await ChangeAsync(HttpMethod.Post, $"/api/v1/users/{ann}/sign-out", "{}", HttpStatusCode.NoContent);
        Assert.Equal(0, (await Get<AccountStore>().ListAsync(CancellationToken.None)).Single(account => account.Id == ann).Sessions);
        await ChangeAsync(HttpMethod.Delete, $"/api/v1/users/{ann}", "{}", HttpStatusCode.NoContent);
        await ChangeAsync(HttpMethod.Delete, $"/api/v1/users/{ann}", "{}", HttpStatusCode.NotFound, "unknown_user");
    }

    [Fact]
    public async Task LastAdmin_Stays()
    {
        await ChangeAsync(HttpMethod.Post, "/api/v1/users", """{"name":"root","role":"admin"}""", HttpStatusCode.NoContent);
        var root = Assert.Single(await Get<AccountStore>().ListAsync(CancellationToken.None)).Id;
        await ChangeAsync(HttpMethod.Delete, $"/api/v1/users/{root}", "{}", HttpStatusCode.Conflict, "last_admin");
        await ChangeAsync(HttpMethod.Put, $"/api/v1/users/{root}", """{"role":"viewer"}""", HttpStatusCode.Conflict, "last_admin");
        await ChangeAsync(HttpMethod.Post, "/api/v1/users", """{"name":"ROOT","role":"viewer"}""", HttpStatusCode.Conflict, "last_admin");
    }

    [Theory]
    [InlineData("/api/v1/users", """{"role":"viewer"}""", "name")]
    [InlineData("/api/v1/users", """{"name":"  ","role":"viewer"}""", "name")]
    [InlineData("/api/v1/users", """{"name":"ann"}""", "role")]
    [InlineData("/api/v1/users/invitations", """{"role":"root"}""", "role")]
    [InlineData("/api/v1/users/invitations", """{"role":"Viewer"}""", "role")]
    [InlineData("/api/v1/users/invitations", """{"role":"viewer","password":"x"}""", "password")]
    public async Task Change_ThatCannotBeRead_NamesTheField(string path, string body, string parameter)
    {
        using var answer = await Stage.SendAsync(HttpMethod.Post, path, body);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal(parameter, (await ReadAsync(answer)).GetProperty("parameter").GetString());
    }

    private T Get<T>() => (T)Stage.Services.GetService(typeof(T))!;

    private async Task ChangeAsync(HttpMethod method, string path, string body, HttpStatusCode expected, string code = "")
    {
        using var answer = await Stage.SendAsync(method, path, body);
        Assert.Equal(expected, answer.StatusCode);
        Assert.Contains(code, await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    private static async Task<JsonElement> ReadAsync(HttpResponseMessage answer)
    {
        using var document = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
        return document.RootElement.Clone();
    }
}
