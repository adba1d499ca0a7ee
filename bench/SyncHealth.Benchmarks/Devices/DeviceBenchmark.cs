using System.Globalization;
using SyncHealth.Storage.Devices;

namespace SyncHealth.Benchmarks.Devices;

/// <summary>The page of one busy device among millions of raw events: what it asks, in the order in which it asks.</summary>
/// <param name="database">Where the events are put.</param>
/// <param name="output">Receives the rows.</param>
/// <param name="devices">Devices of a hundred events each beside the busy one.</param>
internal sealed class DeviceBenchmark(BenchmarkDatabase database, TextWriter output, int devices)
{
    /// <summary>Five million events: what a day's partition holds of a hundred and fifty million a month is thirty times as much, one level of its index deeper at most.</summary>
    public const int DefaultDevices = 50_000;

    private const string App = "bench";
    private const int EventsOfADevice = 100;
    private const int EventsOfTheBusyDevice = 10_000;

    /// <summary>Events of one story, as the page reads them at most.</summary>
    private const int MostEvents = 2_000;
    private const int Runs = 30;

    /// <summary>Parts in which the month is filled, in two sessions, as there are two cores.</summary>
    private const int Pieces = 20;
    private const int Sessions = 2;

    /// <summary>Parts between two lines of progress.</summary>
    private const int LineEvery = 4;

    private static readonly (double Floor, double Aim) Goal = (100, 30);

    private readonly BenchmarkReport _report = new(output);

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var now = TimeProvider.System.GetUtcNow();
        var start = TimeProvider.System.GetTimestamp();
        var key = await FillAsync(now, cancellationToken);
        await output.WriteLineAsync(string.Create(
            CultureInfo.InvariantCulture, $"{((long)devices * EventsOfADevice) + EventsOfTheBusyDevice:N0} raw events of 30 days filled in {TimeProvider.System.GetElapsedTime(start).TotalSeconds:N0} s; a device of {EventsOfTheBusyDevice:N0}; {Runs} runs"));
        var directory = new DeviceDirectory(database.DataSource);
        var work = new WorkReader(database.DataSource, directory);
        foreach (var (name, back) in new[] { ("its last day", TimeSpan.FromDays(1)), ("its last week", TimeSpan.FromDays(7)), ("its whole month", TimeSpan.FromDays(30)) })
        {
            var times = new List<double>();
            var first = TimeProvider.System.GetTimestamp();
            await AskAsync(directory, work, key, now, back, cancellationToken);
            var cold = TimeProvider.System.GetElapsedTime(first).TotalMilliseconds;
            for (var run = 0; run < Runs; run++)
            {
                var asked = TimeProvider.System.GetTimestamp();
                await AskAsync(directory, work, key, now, back, cancellationToken);
                times.Add(TimeProvider.System.GetElapsedTime(asked).TotalMilliseconds);
            }

            await _report.CostAsync($"device page, {name}: p50, ms", Ranks.Median(times), "N1", Goal.Floor, Goal.Aim);
            await _report.FigureAsync("  the first time it is asked", cold, "N1", "not in the server's memory, and planned anew");
        }
    }

    private static async Task AskAsync(DeviceDirectory directory, WorkReader work, string key, DateTimeOffset now, TimeSpan back, CancellationToken cancellationToken)
    {
        var facts = await directory.ReadFactsAsync(App, key, cancellationToken);
        var standing = await work.ReadAsync(App, key, now, cancellationToken);
        var events = await directory.ReadEventsAsync(App, key, now - back, now, MostEvents, cancellationToken);
        await directory.ReadLossesAsync(App, key, now, cancellationToken);
        if (facts is null || standing is null || events.Count == 0)
            throw new InvalidOperationException("The busy device is not there.");
    }

    private async Task<string> FillAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        await ExecuteAsync("FillNames", piece: 0, now, cancellationToken);
        var start = TimeProvider.System.GetTimestamp();
        foreach (var pieces in Enumerable.Range(0, Pieces).Chunk(Sessions))
        {
            await Task.WhenAll(pieces.Select(piece => ExecuteAsync("FillEvents", piece, now, cancellationToken)));
            if ((pieces[^1] + 1) % LineEvery == 0)
                await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"  {pieces[^1] + 1} of {Pieces} parts of the month, {TimeProvider.System.GetElapsedTime(start).TotalSeconds:N0} s"));
        }

        await using var analyze = database.DataSource.CreateCommand("vacuum analyze");
        analyze.CommandTimeout = 0;
        await analyze.ExecuteNonQueryAsync(cancellationToken);
        await using var busy = database.DataSource.CreateCommand("select hashint8extended(0, 0)");
        return DeviceKeyText.Of((long)(await busy.ExecuteScalarAsync(cancellationToken))!);
    }

    private async Task ExecuteAsync(string sql, int piece, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var fill = database.DataSource.CreateCommand(BenchmarkSql.Beside<DeviceBenchmark>(sql));
        fill.CommandTimeout = 0;
        fill.Parameters.AddWithValue("now", now.UtcDateTime);
        fill.Parameters.AddWithValue("app", App);
        fill.Parameters.AddWithValue("devices", devices);
        fill.Parameters.AddWithValue("each", EventsOfADevice);
        fill.Parameters.AddWithValue("busy", EventsOfTheBusyDevice);
        fill.Parameters.AddWithValue("piece", piece);
        fill.Parameters.AddWithValue("pieces", Pieces);
        await fill.ExecuteNonQueryAsync(cancellationToken);
    }
}
