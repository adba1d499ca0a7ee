using System.Diagnostics;
using System.Globalization;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using SyncHealth.Alerting.Evaluation;
using SyncHealth.Alerting.States;
using SyncHealth.Testing.Faults;
using Xunit;

namespace SyncHealth.Alerting.Tests.States;

/// <summary>
/// Our state machine against Prometheus's, on generated timelines (spec/reliability.md D4). Needs promtool of Prometheus 2.42 or newer:
/// <c>apt install prometheus</c>, or SYNCHEALTH_PROMTOOL naming it.
/// </summary>
[Trait("Suite", "Faults")]
public sealed class PromtoolTests : IDisposable
{
    private static readonly int Timelines = FaultScale.Of(test: 300, faults: 300, deep: 5000);
    private const int Minutes = 60;

    private static readonly Gen<(int For, int Keep, bool[] Bad)> Generated =
        from wait in Gen.Choose(0, 6)
        from keep in Gen.Choose(0, 6)
        from runs in Gen.Zip(Gen.Elements(true, false), Gen.Choose(1, 8)).ArrayOf(Minutes)
        select (wait, keep, runs.SelectMany(run => Enumerable.Repeat(run.Item1, run.Item2)).Take(Minutes).ToArray());

    private readonly string _folder = Directory.CreateTempSubdirectory("promtool-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Next_ThresholdForAndKeepFiring_AgreesWithPrometheus()
    {
        var goal = new Goal("D4");
        var timelines = Generated.Sample(Timelines).ToArray();
        await WriteAsync(timelines, Firing);

        var (code, output) = await RunAsync();
        Assert.True(code == 0, output);
        goal.Reached($"{Timelines} timelines told as Prometheus tells them");
    }

    /// <summary>The comparison can fail: one wrong minute is found.</summary>
    [Fact]
    public async Task Comparison_OneMinuteWrong_IsFound()
    {
        await WriteAsync([(2, 2, [.. Enumerable.Repeat(true, Minutes)])], timeline => [.. Firing(timeline).Select((firing, minute) => minute == 30 ? !firing : firing)]);

        Assert.NotEqual(0, (await RunAsync()).Code);
    }

    /// <summary>Whether our machine has an open incident after each minute.</summary>
    private static bool[] Firing((int For, int Keep, bool[] Bad) timeline)
    {
        var rule = Some.Rule() with { For = TimeSpan.FromMinutes(timeline.For), KeepFiringFor = TimeSpan.FromMinutes(timeline.Keep) };
        var state = AlertState.New(Some.Noon);
        return [.. timeline.Bad.Select((bad, minute) =>
        {
            state = AlertMachine.Next(rule, state, Some.Finding(bad ? Verdict.Breach : Verdict.Good), Some.Noon.AddMinutes(minute)).State;
            return state.IsOpen;
        })];
    }

    private async Task WriteAsync((int For, int Keep, bool[] Bad)[] timelines, Func<(int For, int Keep, bool[] Bad), bool[]> firing)
    {
        var rules = new StringBuilder("groups:\n- name: g\n  interval: 1m\n  rules:\n");
        var tests = new StringBuilder("rule_files: [rules.yml]\nevaluation_interval: 1m\ntests:\n- interval: 1m\n  input_series:\n");
        var expected = new StringBuilder("  alert_rule_test:\n");
        foreach (var (index, timeline) in timelines.Index())
        {
            rules.Append(CultureInfo.InvariantCulture, $"  - {{ alert: a{index}, expr: v{index} < 95, for: {timeline.For}m, keep_firing_for: {timeline.Keep}m }}\n");
            tests.Append(CultureInfo.InvariantCulture, $"  - {{ series: v{index}, values: '{string.Join(' ', timeline.Bad.Select(bad => bad ? "50" : "99"))}' }}\n");
            foreach (var (minute, fires) in firing(timeline).Index())
                expected.Append(CultureInfo.InvariantCulture, $"  - {{ eval_time: {minute}m, alertname: a{index}, exp_alerts: [{(fires ? "{}" : "")}] }}\n");
        }

        await File.WriteAllTextAsync(Path.Combine(_folder, "rules.yml"), rules.ToString());
        await File.WriteAllTextAsync(Path.Combine(_folder, "tests.yml"), tests.Append(expected).ToString());
    }

    private async Task<(int Code, string Output)> RunAsync()
    {
        var start = new ProcessStartInfo(Environment.GetEnvironmentVariable("SYNCHEALTH_PROMTOOL") ?? "promtool", ["test", "rules", "tests.yml"])
        {
            WorkingDirectory = _folder, RedirectStandardOutput = true, RedirectStandardError = true,
        };
        using var process = Start(start);
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, await output + await errors);
    }

    private static Process Start(ProcessStartInfo start)
    {
        try
        {
            return Process.Start(start)!;
        }
        catch (System.ComponentModel.Win32Exception missing)
        {
            throw new InvalidOperationException("promtool is missing: apt install prometheus, or set SYNCHEALTH_PROMTOOL to it.", missing);
        }
    }
}
