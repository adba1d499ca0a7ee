using System.Globalization;
using SyncHealth.Benchmarks.Vitals;
using SyncHealth.Storage.Causes;

namespace SyncHealth.Benchmarks.Causes;

/// <summary>What explains a drop, over a month of rollups: the second half of it against the first.</summary>
/// <param name="database">Where the fleet is put.</param>
/// <param name="output">Receives the rows.</param>
/// <param name="events">Events of the month; rollups of hours are as many however many there are.</param>
internal sealed class CauseBenchmark(BenchmarkDatabase database, TextWriter output, int events)
{
    public const int DefaultEvents = 1_000_000;

    private const string App = "bench";
    private const int EventsPerDevice = 30;
    private const int Runs = 15;

    private static readonly (double Floor, double Aim) Goal = (2, 0.5);

    /// <summary>Within the raw events, so that their edges are read too.</summary>
    private static readonly TimeSpan Month = TimeSpan.FromDays(30) - TimeSpan.FromMinutes(90);

    private readonly BenchmarkReport _report = new(output);

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var now = TimeProvider.System.GetUtcNow();
        var start = TimeProvider.System.GetTimestamp();
        await SampleData.FillAsync(database, new SampleFleet(seed: 11, App, now, Month, events, events / EventsPerDevice), output, cancellationToken);
        await output.WriteLineAsync(string.Create(
            CultureInfo.InvariantCulture, $"{events:N0} events of 30 days written and folded in {TimeProvider.System.GetElapsedTime(start).TotalSeconds:N0} s; {Runs} runs"));

        var reader = new CauseReader(database.DataSource);
        foreach (var (name, length) in new[] { ("two halves of the month", Month / 2), ("two days", TimeSpan.FromDays(1)) })
        {
            var query = new CauseQuery { App = App, BeforeFrom = now - (2 * length), BeforeTo = now - length, From = now - length, To = now, Now = now };
            var answer = (await reader.ReadAsync(query, cancellationToken))!;
            var times = new List<double>();
            for (var run = 0; run < Runs; run++)
            {
                var asked = TimeProvider.System.GetTimestamp();
                await reader.ReadAsync(query, cancellationToken);
                times.Add(TimeProvider.System.GetElapsedTime(asked).TotalSeconds);
            }

            await _report.CostAsync($"cause, {name}: p50, seconds", Ranks.Median(times), "N2", Goal.Floor, Goal.Aim);
            await _report.FigureAsync("  devices before and now", answer.Before.Devices, "N0", string.Create(CultureInfo.InvariantCulture, $"{answer.Now.Devices:N0} now, {answer.Explanation.Causes.Count} named"));
        }
    }
}
