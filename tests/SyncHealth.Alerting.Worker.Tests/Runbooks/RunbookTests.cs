using SyncHealth.Alerting.Worker.Runbooks;
using Xunit;

namespace SyncHealth.Alerting.Worker.Tests.Runbooks;

public sealed class RunbookTests
{
    /// <summary>The rules that run from the first start, and the example for releases.</summary>
    [Fact]
    public void Names_EveryShippedRule_HasOne() =>
        Assert.Equal(AlertingSetup.Load(new AlertingOptions()).Rules.Select(rule => rule.Name).Append("release-verdict").Order(), Runbook.Names.Order());

    [Fact]
    public void Read_EveryRunbook_SaysWhatItMeansThreeChecksAndWhatToDo()
    {
        foreach (var rule in Runbook.Names)
        {
            var page = MarkdownPage.Of(Runbook.Read(rule)!);

            Assert.Contains("<h2>What it means</h2>", page, StringComparison.Ordinal);
            Assert.Contains("<h2>Three checks</h2>", page, StringComparison.Ordinal);
            Assert.Contains("<h2>What to do</h2>", page, StringComparison.Ordinal);
            Assert.Equal(3, page.Split("<ol>")[1].Split("</ol>")[0].Split("<li>").Length - 1);
        }
    }

    [Fact]
    public void Read_UnknownRule_IsNone() => Assert.Null(Runbook.Read("../rules.yaml"));

    [Fact]
    public void Of_Markup_IsShownNotRun()
    {
        var page = MarkdownPage.Of("# A <script>\n\nSee `a<b` and **now**.\n\n- one\n- two");

        Assert.Contains("<title>A &lt;script&gt;</title>", page, StringComparison.Ordinal);
        Assert.Contains("<p>See <code>a&lt;b</code> and <strong>now</strong>.</p>", page, StringComparison.Ordinal);
        Assert.Contains("<ul><li>one</li><li>two</li></ul>", page, StringComparison.Ordinal);
    }
}
