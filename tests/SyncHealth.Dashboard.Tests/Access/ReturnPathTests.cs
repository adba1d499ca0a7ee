using FsCheck;
using FsCheck.Fluent;
using SyncHealth.Dashboard.Access;

namespace SyncHealth.Dashboard.Tests.Access;

public sealed class ReturnPathTests
{
    private static readonly Uri Site = new("https://sync.example/");

    [Theory]
    [InlineData("/alerts?range=24h&app=notes", "/alerts?range=24h&app=notes")]
    [InlineData("/explore?filter=network%3Acellular#chart", "/explore?filter=network%3Acellular#chart")]
    [InlineData("/devices/ABC", "/devices/ABC")]
    [InlineData("/loginery", "/loginery")]
    [InlineData(null, "/")]
    [InlineData("", "/")]
    [InlineData("alerts", "/")]
    [InlineData("https://evil.example/", "/")]
    [InlineData("//evil.example/", "/")]
    [InlineData("/\\evil.example/", "/")]
    [InlineData("/\t/evil.example/", "/")]
    [InlineData("/\n/evil.example/", "/")]
    [InlineData("/a\\..\\..\\evil", "/")]
    [InlineData("javascript:alert(1)", "/")]
    [InlineData("/login", "/")]
    [InlineData("/LOGIN?to=/login", "/")]
    [InlineData("/logout", "/")]
    [InlineData("/join?token=x", "/")]
    public void Parse_StaysHere(string? text, string expected) => Assert.Equal(expected, ReturnPath.Parse(text));

    [Fact]
    public void Parse_Anything_NeverLeavesTheSite()
    {
        var parts = Gen.Elements("/", "\\", "//", "evil.example", "https:", "javascript:", "\t", "\r\n", "@", ":", "?", "#", "..", " ", "a", "%2f", "%5c", "\0");
        var texts = parts.ListOf(8).Select(string.Concat);
        Prop.ForAll(texts.ToArbitrary(), text =>
        {
            var path = ReturnPath.Parse(text);
            return path[0] == '/' && new Uri(Site, path).Host == Site.Host && !path.Any(char.IsControl);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(2_000).WithQuietOnSuccess(true));
    }

    [Fact]
    public void SignIn_KeepsTheWayBack()
    {
        Assert.Equal("/login?to=%2Falerts%3Frange%3D24h%26app%3Dnotes", ReturnPath.SignIn("/alerts?range=24h&app=notes"));
        Assert.Equal("/login", ReturnPath.SignIn("/"));
        Assert.Equal("/login", ReturnPath.SignIn("//evil.example"));
    }
}
