using System.Text.Json;
using SyncHealth.Host.Terminal;
using Xunit;

namespace SyncHealth.Host.Tests.Terminal;

public sealed class KeysTableTests
{
    private const string Web = """{"id":"aaaaaaaaaaaa","line":"aaaaaaaaaaaa","app":"notes","label":"web","origins":["https://notes.example"],"eventsPerSecond":5000,"state":"live","createdAt":"2026-03-04T12:30:15+00:00","pausedAt":null,"revokedAt":null}""";
    private const string Next = """{"id":"bbbbbbbbbbbb","line":"aaaaaaaaaaaa","app":null,"label":"any app","origins":[],"eventsPerSecond":null,"state":"revoked","createdAt":"2026-03-05T12:30:15+00:00","pausedAt":null,"revokedAt":"2026-03-06T12:30:15+00:00"}""";

    [Fact]
    public void Render_Keys_NamesThemByIdAndSaysWhoseSuccessorTheyAre()
    {
        var lines = KeysTable.Render(Parse($$"""{"keys":[{{Web}},{{Next}}]}"""), withRevoked: true).Split(Environment.NewLine);
        Assert.Equal("id            app    label    state    line                origins                created           events/s", lines[0]);
        Assert.Equal("aaaaaaaaaaaa  notes  web      live     –                   https://notes.example  2026-03-04 12:30     5,000", lines[2]);
        Assert.Equal("bbbbbbbbbbbb  (any)  any app  revoked  after aaaaaaaaaaaa  –                      2026-03-05 12:30   default", lines[3]);
    }

    [Fact]
    public void Render_RevokedOnly_SaysHowToCreateOne()
    {
        var answer = Parse($$"""{"keys":[{{Next}}]}""");
        Assert.Equal("No key. Create one: ./synchealth keys create --app NAME" + Environment.NewLine, KeysTable.Render(answer, withRevoked: false));
    }

    [Fact]
    public void RenderNew_HasTheKeyOnALineOfItsOwn()
    {
        var lines = KeysTable.RenderNew(Parse($$"""{"text":"shk_secret","key":{{Web}}}""")).Split(Environment.NewLine);
        Assert.Equal("Key aaaaaaaaaaaa for app notes, limit 5,000 events/s:", lines[0]);
        Assert.Contains("  shk_secret", lines);
    }

    [Fact]
    public void RenderOne_SaysTheState() =>
        Assert.Equal("Key bbbbbbbbbbbb for any app is revoked." + Environment.NewLine, KeysTable.RenderOne(Parse(Next)));

    private static JsonElement Parse(string json)
    {
        using var document = JsonDocument.Parse(json);
        return document.RootElement.Clone();
    }
}
