using System.Diagnostics;
using System.Globalization;
using SyncHealth.Benchmarks.Sdk;

namespace SyncHealth.Benchmarks.Engine;

/// <summary>A fleet at rest in this process: what one more device costs.</summary>
internal sealed class IdleEngines(string folder, Uri server, AcceptingHandler reports)
{
    private const int Engines = 1_000;

    /// <summary>Devices that sync at once while the fleet comes up.</summary>
    private const int AtOnce = 16;

    private const double KiB = 1024;

    /// <summary>KiB of the process for each, and of that what the managed heap and SQLite hold.</summary>
    public async Task<(double Process, double Managed, double Sqlite)> MeasureAsync(CancellationToken cancellationToken)
    {
        // One that does not count, so that what a process loads once is loaded.
        await using var first = await StartAsync(-1, cancellationToken);
        var before = Read();
        var devices = new BenchDevice[Engines];
        using var stop = new CancellationTokenSource();
        try
        {
            var options = new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken };
            await Parallel.ForEachAsync(Enumerable.Range(0, Engines), options, async (number, token) => devices[number] = await StartAsync(number, token));
            var loops = devices.Select(device => device.Engine.RunAsync(stop.Token)).ToList();
            var after = Read();
            await stop.CancelAsync();
            await Task.WhenAll(loops);
            return ((after.Process - before.Process) / KiB / Engines, (after.Managed - before.Managed) / KiB / Engines, (after.Sqlite - before.Sqlite) / KiB / Engines);
        }
        finally
        {
            foreach (var device in devices.OfType<BenchDevice>())
                await device.DisposeAsync();
        }
    }

    /// <summary>A device that has a note, has synced it, and has reported.</summary>
    private async Task<BenchDevice> StartAsync(int number, CancellationToken cancellationToken)
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"idle-{number}");
        var device = new BenchDevice(name, folder, server, reports, account: name);
        device.Engine.Notes.Create("one note", "");
        await device.SyncAsync(cancellationToken);
        return device;
    }

    private static (double Process, double Managed, double Sqlite) Read()
    {
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        var managed = GC.GetTotalMemory(forceFullCollection: true);
        using var process = Process.GetCurrentProcess();
        return (process.WorkingSet64, managed, SQLitePCL.raw.sqlite3_memory_used());
    }
}
