using SyncHealth.Alerting.Rules;
using SyncHealth.Dashboard.Alerts;

namespace SyncHealth.Dashboard.Tests.Alerts;

/// <summary>R1: what the page shows of rules is what a file holds, there and back.</summary>
public sealed class RuleDraftTests
{
    private const string File = """
        rules:
          - name: rate
            metric: success_rate
            below: 95
            by: [network]
            notify: [pagerduty]
          - name: slow
            metric: duration_p99_ms
            above: 60000
        """;

    [Fact]
    public void Join_WhatTheRulesOfAFileAreStoredAs_IsThatFile()
    {
        var rules = RuleDocumentReader.Read(File).Document!;
        var shown = RuleDraft.Join(rules.Rules.Select(RuleDocumentWriter.Write));

        Assert.Equal(RuleDocumentWriter.Write(rules), shown);
        Assert.Equal((0, shown, 2), (RuleDraft.Read(shown).Problems.Count, RuleDraft.Read(shown).Canonical, RuleDraft.Read(shown).RuleCount));
    }

    [Fact]
    public void Join_Nothing_IsNothing() => Assert.Equal("", RuleDraft.Join(["", ""]));

    [Fact]
    public void Read_Mistake_NamesItsLineItsKeyAndWhatIsAllowed()
    {
        var read = RuleDraft.Read("rules:\n  - name: rate\n    metric: success_rate\n    below: 95\n    mode: maybe\n");

        var problem = Assert.Single(read.Problems);
        Assert.Equal((5, "rules[rate].mode", ""), (problem.Line, problem.Key, read.Canonical));
        Assert.Contains("point", problem.Message, StringComparison.Ordinal);
    }
}
