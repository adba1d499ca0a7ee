using System.Diagnostics;
using System.Globalization;
using SyncHealth.Client.Tests.Durability.Disk;
using SyncHealth.Client.Tests.Support;
using SyncHealth.Contracts;

namespace SyncHealth.Client.Tests.Durability;

/// <summary>An app that syncs as fast as it can, says what is safely on disk, and is killed at any moment. One that lives to the end sends all that is left, and stays until its input is closed.</summary>
internal static class KilledApp
{
    /// <summary>What an app says when it has nothing left to send.</summary>
    public const string Sent = "sent";

    /// <summary>How it ends when its queue was too small for what earlier lives had left: a loss that was promised, and not what is looked for.</summary>
    public const int QueueWasFull = 3;

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

        // A fifth of the requests fail: what many lives have left takes many tries. None that sends anything was in vain.
        var (left, vain) = (long.MaxValue, 0);
        while (!await telemetry.FlushAsync())
        {
            vain = telemetry.Status.Queued < left ? 0 : vain + 1;
            left = telemetry.Status.Queued;
            if (vain > 200)
                return 2;
        }

        await Console.Out.WriteLineAsync(Sent);
        await Console.In.ReadLineAsync();
        return telemetry.Status.Dropped.Count == 0 ? 0 : QueueWasFull;
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

    /// <summary>A life that records and never sends: what it leaves is for whoever comes.</summary>
    public static async Task<int> RunAndLeaveAsync(string folder, Uri endpoint, int first, int count)
    {
        var telemetry = SyncTelemetry.Create(new SyncTelemetryOptions { Endpoint = endpoint, Key = "demo", App = "notes", QueueDirectory = folder, BatchSize = 10_000, BatchInterval = TimeSpan.FromHours(1), ShutdownTimeout = TimeSpan.Zero });
        for (var i = first; i < first + count; i++)
            telemetry.StartSync(SyncType.Delta).Fail(SyncErrorKind.Client, i.ToString(CultureInfo.InvariantCulture));
        if (!await telemetry.FlushToDiskAsync())
            return 1;
        await Console.Out.WriteLineAsync(telemetry.Status.DeviceId);
        await Console.In.ReadLineAsync();
        return 0;
    }

    /// <summary>A life whose network is dead: records and ends. Says how long the end took, in milliseconds.</summary>
    public static async Task<int> RunInTheDarkAsync(string folder, Uri endpoint, int first, int count)
    {
        var telemetry = SyncTelemetry.Create(new SyncTelemetryOptions { Endpoint = endpoint, Key = "demo", App = "notes", QueueDirectory = folder });
        for (var i = first; i < first + count; i++)
            telemetry.StartSync(SyncType.Delta).Fail(SyncErrorKind.Client, i.ToString(CultureInfo.InvariantCulture));
        var start = TimeProvider.System.GetTimestamp();
        await telemetry.DisposeAsync();
        await Console.Out.WriteAsync(TimeProvider.System.GetElapsedTime(start).TotalMilliseconds.ToString(CultureInfo.InvariantCulture));
        return 0;
    }

    public static Process Start(string how, TempFolder folder, Uri endpoint, int first, int count) =>
        Process.Start(new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, typeof(KilledApp).Assembly.GetName().Name!))
        {
            ArgumentList = { how, folder.FullPath, endpoint.ToString(), first.ToString(CultureInfo.InvariantCulture), count.ToString(CultureInfo.InvariantCulture) },
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        })!;
}
