using System.Globalization;
using Npgsql;
using SyncHealth.Storage.Erasure;

namespace SyncHealth.Benchmarks.Erasure;

/// <summary>Erasing devices and a user from a month of a fleet, everywhere: raw events, quarantine, drops, open hours, packs, device sets, state.</summary>
/// <param name="database">Where the fleet is put.</param>
/// <param name="output">Receives the rows.</param>
/// <param name="devices">Devices of a hundred events each beside a busy one.</param>
internal sealed class ErasureBenchmark(BenchmarkDatabase database, TextWriter output, int devices)
{
    /// <summary>Ten million events: the size of reliability goal G2.</summary>
    public const int DefaultDevices = 100_000;

    private const string App = "bench";
    private const int EventsOfADevice = 100;
    private const int EventsOfTheBusyDevice = 10_000;
    private const int Days = 30;

    /// <summary>Parts in which the events are filled, in two sessions, as there are two cores.</summary>
    private const int Pieces = 20;
    private const int Sessions = 2;

    /// <summary>Parts between two lines of progress.</summary>
    private const int LineEvery = 4;

    /// <summary>Whose events name their user once on a device of somebody else: the device numbered 600 has user 300, and so has one event of each of user 293's.</summary>
    private const long ErasedUser = 300;
    private const long UsualDevice = 500;

    /// <summary>Seconds: reliability goal G2, and what a person waits for.</summary>
    private static readonly (double Floor, double Aim) Goal = (60, 5);

    private readonly BenchmarkReport _report = new(output);

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var now = TimeProvider.System.GetUtcNow();
        var start = TimeProvider.System.GetTimestamp();
        await FillAsync(now, cancellationToken);
        await output.WriteLineAsync(string.Create(
            CultureInfo.InvariantCulture, $"{((long)devices * EventsOfADevice) + EventsOfTheBusyDevice:N0} events of {devices + 1:N0} devices and {Days} days filled in {TimeProvider.System.GetElapsedTime(start).TotalSeconds:N0} s"));

        var erasures = new Erasures(database.DataSource, TimeProvider.System);
        await EraseAsync("erase a device of 10,000 events", EventsOfTheBusyDevice, async () => await erasures.EraseDeviceAsync(App, await KeyAsync(0, 0, cancellationToken), cancellationToken));
        await EraseAsync("erase a device of 100 events", EventsOfADevice, async () => await erasures.EraseDeviceAsync(App, await KeyAsync(UsualDevice, 0, cancellationToken), cancellationToken));
        await EraseAsync(
            "erase a user of two devices and elsewhere", (2 * EventsOfADevice) + 2, async () => await erasures.EraseUserAsync(App, await KeyAsync(ErasedUser, 7, cancellationToken), cancellationToken));
    }

    private async Task EraseAsync(string name, long events, Func<Task<ErasureResult>> erase)
    {
        var start = TimeProvider.System.GetTimestamp();
        var result = await erase();
        var seconds = TimeProvider.System.GetElapsedTime(start).TotalSeconds;
        if (result.Events != events)
            throw new InvalidOperationException($"{name}: {result.Events} events instead of {events}.");
        await _report.CostAsync(name + ", s", seconds, "N2", Goal.Floor, Goal.Aim);
        await _report.FigureAsync("  rows beside its events", result.OtherRows, "N0", "");
    }

    private async Task<long> KeyAsync(long number, long seed, CancellationToken cancellationToken)
    {
        await using var command = database.DataSource.CreateCommand("select hashint8extended($1, $2)");
        command.Parameters.AddWithValue(number);
        command.Parameters.AddWithValue(seed);
        return (long)(await command.ExecuteScalarAsync(cancellationToken))!;
    }

    private async Task FillAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        await ExecuteAsync("FillNames", 0, now, cancellationToken);
        await ForEachAsync("parts of the events", Pieces, "FillEvents", now, cancellationToken);
        await ForEachAsync("days of packs and sets", Days, "FillDay", now, cancellationToken);
        await ExecuteAsync("FillReleases", 0, now, cancellationToken);
        await using var analyze = database.DataSource.CreateCommand("vacuum analyze");
        analyze.CommandTimeout = 0;
        await analyze.ExecuteNonQueryAsync(cancellationToken);
    }

    private async Task ForEachAsync(string what, int pieces, string sql, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var start = TimeProvider.System.GetTimestamp();
        foreach (var together in Enumerable.Range(0, pieces).Chunk(Sessions))
        {
            await Task.WhenAll(together.Select(piece => ExecuteAsync(sql, piece, now, cancellationToken)));
            if ((together[^1] + 1) % LineEvery == 0)
                await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"  {together[^1] + 1} of {pieces} {what}, {TimeProvider.System.GetElapsedTime(start).TotalSeconds:N0} s"));
        }
    }

    private async Task ExecuteAsync(string sql, int piece, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var connection = await database.DataSource.OpenConnectionAsync(cancellationToken);
        await using (var memory = new NpgsqlCommand("set work_mem = '128MB'; set synchronous_commit = off", connection))
            await memory.ExecuteNonQueryAsync(cancellationToken);
        await using var fill = new NpgsqlCommand(BenchmarkSql.Beside<ErasureBenchmark>(sql), connection) { CommandTimeout = 0 };
        fill.Parameters.AddWithValue("now", now.UtcDateTime);
        fill.Parameters.AddWithValue("app", App);
        fill.Parameters.AddWithValue("devices", (long)devices);
        fill.Parameters.AddWithValue("each", EventsOfADevice);
        fill.Parameters.AddWithValue("busy", EventsOfTheBusyDevice);
        fill.Parameters.AddWithValue("piece", piece);
        fill.Parameters.AddWithValue("pieces", Pieces);
        fill.Parameters.AddWithValue("day", piece);
        await fill.ExecuteNonQueryAsync(cancellationToken);
    }
}
