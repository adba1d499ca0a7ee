using SyncHealth.Alerting.Rules;
using SyncHealth.Alerting.Trials;
using Xunit;

namespace SyncHealth.Alerting.Tests.Trials;

/// <summary>The shipped rules, and those on detectors, ship with their tests; this runs them as <c>./synchealth rules test</c> does.</summary>
public sealed class ShippedRulesTests
{
    /// <summary>The rules that run from the first start, and the examples beside them.</summary>
    private static readonly Dictionary<string, TrialDocument> Files =
        ((string[])["rules.tests.yaml", "detectors.tests.yaml", "releases.tests.yaml"]).ToDictionary(name => name, name => TrialReader.Read(Read(name)).Document!);

    public static TheoryData<string, string> Names => [.. Files.SelectMany(file => file.Value.Trials.Select(trial => (file.Key, trial.Name)))];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task ShippedRules_EveryTrial_Passes(string file, string name)
    {
        var trials = Files[file];
        var rules = RuleDocumentReader.Read(Read(trials.RulesFile)).Document!.Rules;

        Assert.Empty(await new TrialRun(rules, trials.Trials.Single(trial => trial.Name == name)).RunAsync(TestContext.Current.CancellationToken));
    }

    private static string Read(string name) => System.IO.File.ReadAllText(Path.Combine(AppContext.BaseDirectory, name));
}
