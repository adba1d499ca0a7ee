using System.Text.Json;
using SyncHealth.Host.Terminal;
using Xunit;

namespace SyncHealth.Host.Tests.Terminal;

public sealed class UsersTableTests
{
    [Fact]
    public void Render_PeopleAndLinks_SaysWhoMayWhatAndWhoWasInvited()
    {
        var lines = UsersTable.Render(Parse("""
            {"users":[{"id":"0195","name":"Ann","role":"admin","hasPassword":true,"createdAt":"2026-03-04T12:30:15+00:00","sessions":2}],
             "invitations":[{"name":null,"role":"viewer","createdBy":"Ann","expiresAt":"2026-03-07T12:30:15+00:00"}]}
            """)).Split(Environment.NewLine);
        Assert.Equal("id         name       role    since                   signed in", lines[0]);
        Assert.Equal("0195       Ann        admin   2026-03-04 12:30                2", lines[2]);
        Assert.Equal("(invited)  (chooses)  viewer  until 2026-03-07 12:30          –", lines[3]);
    }

    [Fact]
    public void Render_Nobody_SaysHowTheFirstAdminGetsIn() =>
        Assert.Contains("./synchealth users invite --role admin", UsersTable.Render(Parse("""{"users":[],"invitations":[]}""")), StringComparison.Ordinal);

    [Fact]
    public void RenderLink_HasTheLinkOnALineOfItsOwn() => Assert.StartsWith(
        "  http://127.0.0.1:8080/join?token=x" + Environment.NewLine + "It is good once, until 2026-03-07 12:30 UTC",
        UsersTable.RenderLink(Parse("""{"link":"http://127.0.0.1:8080/join?token=x","expiresAt":"2026-03-07T14:30:15+02:00"}""")), StringComparison.Ordinal);

    private static JsonElement Parse(string json)
    {
        using var document = JsonDocument.Parse(json);
        return document.RootElement.Clone();
    }
}
