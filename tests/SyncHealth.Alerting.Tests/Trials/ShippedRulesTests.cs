using SyncHealth.Alerting.Rules;
using SyncHealth.Alerting.Trials;
using Xunit;

namespace SyncHealth.Alerting.Tests.Trials;

/// <summary>The shipped rules ship with their tests; this runs them as <c>./synchealth rules test</c> does.</summary>
public sealed class ShippedRulesTests
{
    private static readonly TrialDocument File = TrialReader.Read(Read("rules.tests.yaml")).Document!;

    public static TheoryData<string> Names => [.. File.Trials.Select(trial => trial.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task ShippedRules_EveryTrial_Passes(string name)
    {
        var rules = RuleDocumentReader.Read(Read(File.RulesFile)).Document!.Rules;

        Assert.Empty(await new TrialRun(rules, File.Trials.Single(trial => trial.Name == name)).RunAsync(TestContext.Current.CancellationToken));
    }

    private static string Read(string name) => System.IO.File.ReadAllText(Path.Combine(AppContext.BaseDirectory, name));
}
