using System.Diagnostics;
using System.Globalization;
using SyncHealth.Client.Tests.Durability.Disk;
using SyncHealth.Client.Tests.Support;
using SyncHealth.Contracts;

namespace SyncHealth.Client.Tests.Durability;

/// <summary>An app that syncs as fast as it can, says what is safely on disk, and is killed at any moment. One that lives to the end sends all that is left, and stays until its input is closed.</summary>
internal static class KilledApp
{
    private const int EventsPerCommit = 7;

    public static async Task<int> RunAsync(string folder, Uri endpoint, int first, int count)
    {
        await using var telemetry = SyncTelemetry.Create(new SyncTelemetryOptions
        {
            Endpoint = endpoint,
            Key = "demo",
            App = "notes",
            QueueDirectory = folder,
            BatchSize = 20,
            BatchInterval = TimeSpan.FromMilliseconds(20),
            ShutdownTimeout = TimeSpan.Zero,
        });
        for (var i = first; i < first + count; i++)
        {
            telemetry.StartSync(SyncType.Delta).Fail(SyncErrorKind.Client, i.ToString(CultureInfo.InvariantCulture));
            if (i % EventsPerCommit != 0)
                continue;
            if (!await telemetry.FlushToDiskAsync())
                return 1;
            await Console.Out.WriteLineAsync(i.ToString(CultureInfo.InvariantCulture));
        }

        for (var tries = 0; !await telemetry.FlushAsync(); tries++)
            if (tries > 200)
                return 2;
        await Console.In.ReadLineAsync();
        return 0;
    }

    /// <summary>A short life on a disk that kills the app at its k-th operation. Says what is safely on disk and, if it lives, how many operations there were.</summary>
    public static async Task<int> RunOnDiskAsync(string folder, Uri endpoint, int k, int count)
    {
        var disk = new KillingScript(k);
        using var watched = FaultyDisk.Watch(folder, disk);
        var options = new SyncTelemetryOptions
        {
            Endpoint = endpoint, Key = "demo", App = "notes", QueueDirectory = folder, BatchSize = 10, BatchInterval = TimeSpan.FromHours(1), ShutdownTimeout = TimeSpan.Zero,
        };
        await using (var telemetry = SyncTelemetry.Create(options))
            for (var i = 1; i <= count; i++)
            {
                telemetry.StartSync(SyncType.Delta).Fail(SyncErrorKind.Client, i.ToString(CultureInfo.InvariantCulture));
                if (i % EventsPerCommit == 0 && await telemetry.FlushToDiskAsync())
                    await Console.Out.WriteLineAsync(i.ToString(CultureInfo.InvariantCulture));
                if (i == count / 2)
                    await telemetry.FlushAsync();
            }

        await Console.Out.WriteLineAsync("operations " + disk);
        return 0;
    }

    public static Process Start(string how, TempFolder folder, LoopbackIngest ingest, int first, int count) =>
        Process.Start(new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, typeof(KilledApp).Assembly.GetName().Name!))
        {
            ArgumentList = { how, folder.FullPath, ingest.Address.ToString(), first.ToString(CultureInfo.InvariantCulture), count.ToString(CultureInfo.InvariantCulture) },
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        })!;
}
