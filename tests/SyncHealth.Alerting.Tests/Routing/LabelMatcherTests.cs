using SyncHealth.Alerting.Routing;
using Xunit;

namespace SyncHealth.Alerting.Tests.Routing;

public sealed class LabelMatcherTests
{
    private static readonly Dictionary<string, string> Labels = new() { ["app"] = "notes", ["app_version"] = "2.5.0", ["note"] = "a=b" };

    [Theory]
    [InlineData("app=notes", true)]
    [InlineData("app=note", false)]
    [InlineData("app!=notes", false)]
    [InlineData("app!=photos", true)]
    [InlineData(@"app_version=~2\.5\..*", true)]
    [InlineData("app_version=~2", false)]                    // the whole value
    [InlineData("app_version=~2|2.5.0", true)]               // each alternative is the whole value
    [InlineData(@"app_version!~2\..*", false)]
    [InlineData("os=", true)]                                // absent is empty
    [InlineData("os!=", false)]
    [InlineData("os=~.+", false)]
    [InlineData("note=a=b", true)]
    [InlineData("note==~a(", false)]                         // '=', and a value that only looks like a pattern
    public void Matches_EachComparison(string text, bool expected)
    {
        Assert.True(LabelMatcher.TryParse(text, out var matcher, out _));
        Assert.Equal(expected, matcher.Matches(Labels));
        Assert.Equal(text, matcher.ToString());
    }

    [Theory]
    [InlineData("")]
    [InlineData("app")]
    [InlineData("=notes")]
    [InlineData("1app=notes")]
    [InlineData("app=~(")]
    [InlineData(@"app=~(a)\1")]                              // could take for ever
    [InlineData("app=notes\u0000")]
    public void TryParse_WhatIsNoMatcher_SaysWhatIs(string text)
    {
        Assert.False(LabelMatcher.TryParse(text, out _, out var problem));
        Assert.NotEmpty(problem);
    }

    [Fact]
    public void TryParse_TooLong_IsRefused() => Assert.False(LabelMatcher.TryParse("app=" + new string('x', LabelMatcher.MaxLength + 1), out _, out _));
}
