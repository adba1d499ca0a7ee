using SyncHealth.Alerting.Trials;
using Xunit;

namespace SyncHealth.Alerting.Tests.Trials;

public sealed class TrialReaderTests
{
    /// <summary>Each mistake names line, key and what is allowed.</summary>
    [Theory]
    [InlineData("rules: r\ntests:\n  - { name: t, serie: [] }", 3, "file.tests[0].serie", "unknown key. Allowed: name, app")]
    [InlineData("rules: r\ntests:\n  - name: t\n    series: [{ from: 0m, to: 1m }]", 4, "file.tests[0].series[0]", "'attempts' is missing")]
    [InlineData("rules: r\ntests:\n  - name: t\n    series: [{ from: 0m, to: 1m, attempts: 1, success: 101 }]", 4, "file.tests[0].series[0].success", "from 0 to 100")]
    [InlineData("rules: r\ntests:\n  - name: t\n    expect: [{ at: 1m, rule: r, state: happy }]", 4, "file.tests[0].expect[0].state", "Allowed: inactive, pending, firing, recovering, resolved")]
    [InlineData("rules: r\ntests:\n  - name: t\n    notices: [{ at: 1m, rule: r, kind: page, to: x }]", 4, "file.tests[0].notices[0].kind", "Allowed: trigger, resolve")]
    [InlineData("rules: r\ntests:\n  - { name: t, start: noon }", 3, "file.tests[0].start", "must be a time")]
    [InlineData("tests:\n  - { name: t }", 1, "file", "'rules' is missing")]
    [InlineData("rules: r", 1, "file.tests", "holds no test")]
    [InlineData("- a", 1, "file", "mapping")]
    [InlineData("rules: [", 2, "file", "not YAML")]
    public void Read_Mistake_IsRefusedWithLineKeyAndRemedy(string yaml, int line, string key, string message)
    {
        var reading = TrialReader.Read(yaml);

        Assert.Null(reading.Document);
        var problem = Assert.Single(reading.Problems);
        Assert.Equal((line, key), (problem.Line, problem.Key));
        Assert.Contains(message, problem.Message, StringComparison.Ordinal);
    }
}
