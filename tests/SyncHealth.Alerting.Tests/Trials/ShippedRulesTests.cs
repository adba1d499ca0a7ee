using SyncHealth.Alerting.Rules;
using SyncHealth.Alerting.Trials;
using Xunit;

namespace SyncHealth.Alerting.Tests.Trials;

/// <summary>The shipped rules, and those on detectors, ship with their tests; this runs them as <c>./synchealth rules test</c> does.</summary>
public sealed class ShippedRulesTests
{
    private static readonly Dictionary<string, TrialDocument> Files =
        new[] { "rules.tests.yaml", "detectors.tests.yaml" }.ToDictionary(name => name, name => TrialReader.Read(Read(name)).Document!);

    public static TheoryData<string, string> Names =>
        [.. Files.SelectMany(file => file.Value.Trials.Select(trial => new TheoryDataRow<string, string>(file.Key, trial.Name)))];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task ShippedRules_EveryTrial_Passes(string file, string name)
    {
        var rules = RuleDocumentReader.Read(Read(Files[file].RulesFile)).Document!.Rules;

        Assert.Empty(await new TrialRun(rules, Files[file].Trials.Single(trial => trial.Name == name)).RunAsync(TestContext.Current.CancellationToken));
    }

    private static string Read(string name) => System.IO.File.ReadAllText(Path.Combine(AppContext.BaseDirectory, name));
}
