using SyncHealth.Alerting.Rules;
using Xunit;

namespace SyncHealth.Alerting.Tests.Rules;

public sealed class ReceiverNamesTests
{
    [Fact]
    public void Check_UnknownReceiver_IsRefusedWithWhatIsAllowed()
    {
        var problem = Assert.Single(ReceiverNames.Check([Some.Rule() with { Line = 7, Notify = ["pagerdutty"] }], [], ["team-a"]));

        Assert.Equal("line 7: rules[sync-success-rate].notify: receiver 'pagerdutty' is not configured. Allowed: jira, pagerduty, slack, team-a.", problem.ToString());
    }

    [Fact]
    public void Check_NameOfAShippedRule_IsAllowedWithoutReceiver() =>
        Assert.Empty(ReceiverNames.Check([Some.Rule() with { Notify = ["pagerduty", "team-a"] }], [], ["team-a"]));
}
