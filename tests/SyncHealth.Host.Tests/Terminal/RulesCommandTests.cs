using Xunit;

namespace SyncHealth.Host.Tests.Terminal;

/// <summary>Exit codes of <c>synchealth rules</c>: what a pipeline acts on.</summary>
public sealed class RulesCommandTests : IDisposable
{
    private const string Good = "rules:\n  - { name: rate, metric: success_rate, below: 95, for: 2m, notify: [slack] }\n";

    private readonly string _folder = Directory.CreateTempSubdirectory("rules-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData(Good, ExitCodes.Success)]
    [InlineData("rules:\n  - { name: rate, metric: success_rate, bellow: 95 }\n", ExitCodes.Failure)]
    [InlineData("rules: [", ExitCodes.Failure)]
    [InlineData(Good + "receivers:\n  ops: { type: slack, webhookUrlEnv: X }\n", ExitCodes.Success)]
    [InlineData("rules:\n  - { name: rate, metric: success_rate, below: 95, notify: [nobody] }\nreceivers:\n  ops: { type: slack, webhookUrlEnv: X }\n", ExitCodes.Failure)]
    public async Task Check_File_SaysWhetherItIsRight(string yaml, int expected) => Assert.Equal(expected, await RunAsync("rules", "check", Write("rules.yaml", yaml)));

    [Theory]
    [InlineData("firing", ExitCodes.Success)]
    [InlineData("inactive", ExitCodes.Failure)]
    [InlineData("happy", ExitCodes.Failure)]
    public async Task Test_File_SaysWhetherItsExpectationsHold(string state, int expected)
    {
        Write("rules.yaml", Good);
        var file = Write("rules.tests.yaml", $$"""
            rules: rules.yaml
            tests:
              - name: failures fire
                series: [{ from: 0m, to: 10m, attempts: 100, success: 50 }]
                expect: [{ at: 10m, rule: rate, state: {{state}} }]
            """);

        Assert.Equal(expected, await RunAsync("rules", "test", file));
    }

    [Fact]
    public async Task Test_RulesOfTheFileAreWrong_Fails()
    {
        Write("rules.yaml", "rules: 5");
        Assert.Equal(ExitCodes.Failure, await RunAsync("rules", "test", Write("t.yaml", "rules: rules.yaml\ntests: [{ name: t }]")));
    }

    [Theory]
    [InlineData("check")]
    [InlineData("test")]
    [InlineData("backtest")]
    public async Task AnyVerb_WithoutAFile_IsAUsageError(string verb)
    {
        Assert.Equal(ExitCodes.Usage, await RunAsync("rules", verb));
        Assert.Equal(ExitCodes.Usage, await RunAsync("rules", verb, Path.Combine(_folder, "absent.yaml")));
    }

    [Fact]
    public async Task Backtest_BadFileOrOption_NeedsNoServer()
    {
        Assert.Equal(ExitCodes.Failure, await RunAsync("rules", "backtest", Write("bad.yaml", "rules: 5")));
        Assert.Equal(ExitCodes.Usage, await RunAsync("rules", "backtest", Write("good.yaml", Good), "--since", "soon"));
    }

    private static Task<int> RunAsync(params string[] args) => CommandLine.RunAsync(args);

    private string Write(string name, string text)
    {
        var path = Path.Combine(_folder, name);
        File.WriteAllText(path, text);
        return path;
    }
}
