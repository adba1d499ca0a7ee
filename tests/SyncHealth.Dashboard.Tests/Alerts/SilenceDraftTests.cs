using SyncHealth.Dashboard.Alerts;

namespace SyncHealth.Dashboard.Tests.Alerts;

public sealed class SilenceDraftTests
{
    [Fact]
    public void Read_ConditionsOneALine_EmptyLinesCountForNothing()
    {
        var draft = SilenceDraft.Read("\n rule=sync-success-rate \r\n\napp_version=~2\\.5\\..*\n");

        Assert.Equal(["rule=sync-success-rate", "app_version=~2\\.5\\..*"], draft.Matchers.Select(matcher => matcher.ToString()));
        Assert.Empty(draft.Problems);
    }

    [Theory]
    [InlineData("", "Write 1 to 20 conditions")]
    [InlineData(" \n\n", "Write 1 to 20 conditions")]
    [InlineData("rule", "'rule' is no matcher: write LABEL=VALUE")]
    [InlineData("app=notes\nos=~(", "'(' is no pattern")]
    public void Read_Wrong_SaysWhatIsAllowedAndSilencesNothing(string text, string problem)
    {
        var draft = SilenceDraft.Read(text);

        Assert.Contains(problem, Assert.Single(draft.Problems), StringComparison.Ordinal);
        Assert.Empty(draft.Matchers);
    }

    [Fact]
    public void Read_TooMany_IsRefused() => Assert.Single(SilenceDraft.Read(string.Concat(Enumerable.Repeat("a=b\n", 21))).Problems);
}
