using System.Globalization;
using Microsoft.Extensions.Logging.Abstractions;
using SyncHealth.Benchmarks.Vitals;
using SyncHealth.Storage;
using SyncHealth.Storage.Fold;
using SyncHealth.Storage.Retention;
using SyncHealth.Storage.Vitals;

namespace SyncHealth.Benchmarks.Pages;

/// <summary>
/// Thirty days of a fleet: a sample of events through the real writer, which makes every dictionary known, then increments made by SQL for the whole fleet and folded
/// by the product's own fold. What pages read are tables that the product wrote; raw events of the whole fleet are there for the hours in which ranges begin and end, which
/// are counted from them, and for the sample's devices.
/// </summary>
/// <param name="devices">Devices of the fleet beside those of the sample.</param>
internal sealed class FleetData(BenchmarkDatabase database, int devices, DateTimeOffset now)
{
    public const string App = "bench";

    /// <summary>The version that fails over cellular in the last three hours: a page is looked at when something is wrong.</summary>
    public const string BadVersion = "2.29";

    /// <summary>Ten attempts of each device a day.</summary>
    private const long AttemptsPerDevice = 300;

    /// <summary>A fine segment reports in one hour of so many: folding a row for each of two thousand segments and of seven hundred hours would take minutes more.</summary>
    private const int HoursBetween = 6;

    /// <summary>Hours that the attempts are spread over.</summary>
    private const int Hours = 720;

    /// <summary>Attempts of an hour from which on the product's fold keeps its devices by the minute.</summary>
    private const int ManyAttempts = 60_000;

    private const int SampleSeed = 12;
    private const int LeastSample = 3_000;
    private const int MostSample = 60_000;
    private const int EventsPerSampleDevice = 30;

    private static readonly TimeSpan ProgressEvery = TimeSpan.FromSeconds(15);

    private static readonly TimeSpan Span = TimeSpan.FromDays(30) - TimeSpan.FromMinutes(90);

    private readonly SampleClock _clock = new(now);

    /// <summary>A device whose raw events are there.</summary>
    public static long SampleDevice => (long)SampleSeed << 32;

    public async Task FillAsync(TextWriter output, CancellationToken cancellationToken)
    {
        var start = TimeProvider.System.GetTimestamp();
        var events = Math.Clamp(devices / 10, LeastSample, MostSample);
        var options = new StorageOptions { ConnectionString = database.ConnectionString, DeviceKeyFile = "unused" };
        var progress = new FillProgress(output);
        await ExecuteAsync("BeginMinutes", cancellationToken, ("hourly", devices * AttemptsPerDevice / Hours), ("many", ManyAttempts));
        await progress.StepAsync("sample written and folded", () =>
            SampleData.FillAsync(database, new SampleFleet(SampleSeed, App, now, Span, events, events / EventsPerSampleDevice), progress: null, cancellationToken));
        await progress.StepAsync("increments made", () => GrowAsync(cancellationToken));
        await progress.StepAsync("increments folded", () => FoldAsync(options, progress, cancellationToken));
        await progress.StepAsync("raw events at the ends of ranges made", () => ExecuteAsync("GrowEvents", cancellationToken, ("devices", (long)devices)));
        await progress.StepAsync("packed and pruned", () =>
            new MaintenanceLoop(database.DataSource, options, _clock, NullLogger<MaintenanceLoop>.Instance).MaintainAsync(cancellationToken));
        await progress.StepAsync("snapshots made", () => SnapshotAsync(cancellationToken));
        await progress.StepAsync("vacuumed and analyzed", () => RunAsync("vacuum analyze", cancellationToken));
        await output.WriteLineAsync(string.Create(
            CultureInfo.InvariantCulture,
            $"30 days of {devices:N0} devices ({devices * AttemptsPerDevice:N0} attempts, raw events of nine hours, and of {events / EventsPerSampleDevice:N0} devices) made in {TimeProvider.System.GetElapsedTime(start).TotalSeconds:N0} s"));
    }

    private async Task GrowAsync(CancellationToken cancellationToken)
    {
        await ExecuteAsync("GrowNames", cancellationToken);
        await ExecuteAsync("GrowRollups", cancellationToken, ("attempts", devices * AttemptsPerDevice), ("bad", BadVersion), ("every", HoursBetween));
        await ExecuteAsync("GrowDevices", cancellationToken, ("devices", (long)devices));
    }

    /// <summary>By the product's own fold, which takes minutes for a large fleet: says now and then how much is left.</summary>
    private async Task FoldAsync(StorageOptions options, FillProgress progress, CancellationToken cancellationToken)
    {
        var folding = new FoldLoop(database.DataSource, options, _clock, NullLogger<FoldLoop>.Instance).FoldAsync(cancellationToken);
        while (await Task.WhenAny(folding, Task.Delay(ProgressEvery, TimeProvider.System, cancellationToken)) != folding)
        {
            var waiting = await CountWaitingAsync(cancellationToken);
            await progress.SayAsync(string.Create(CultureInfo.InvariantCulture, $"{waiting:N0} increments wait to be folded"));
        }

        await folding;
    }

    private async Task SnapshotAsync(CancellationToken cancellationToken)
    {
        await RemoveSnapshotsAsync(cancellationToken);
        await new FleetSnapshotLoop(database.DataSource, _clock, NullLogger<FleetSnapshotLoop>.Instance).TakeAsync(cancellationToken);
        await ExecuteAsync("GrowHistory", cancellationToken);
    }

    private async Task<long> CountWaitingAsync(CancellationToken cancellationToken)
    {
        await using var command = database.DataSource.CreateCommand(BenchmarkSql.Beside<FleetData>("WaitingCounts"));
        return (long)(await command.ExecuteScalarAsync(cancellationToken))!;
    }

    private async Task RunAsync(string sql, CancellationToken cancellationToken)
    {
        await using var command = database.DataSource.CreateCommand(sql);
        command.CommandTimeout = 0;
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>The sample's own snapshots are of its few devices.</summary>
    private Task RemoveSnapshotsAsync(CancellationToken cancellationToken) => ExecuteAsync("RemoveSnapshots", cancellationToken);

    private async Task ExecuteAsync(string file, CancellationToken cancellationToken, params (string Name, object Value)[] parameters)
    {
        await using var command = database.DataSource.CreateCommand(BenchmarkSql.Beside<FleetData>(file));
        command.CommandTimeout = 0;
        if (command.CommandText.Contains("@app", StringComparison.Ordinal))
            command.Parameters.AddWithValue("app", App);
        if (command.CommandText.Contains("@now", StringComparison.Ordinal))
            command.Parameters.AddWithValue("now", now.UtcDateTime);
        foreach (var (name, value) in parameters)
            command.Parameters.AddWithValue(name, value);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
