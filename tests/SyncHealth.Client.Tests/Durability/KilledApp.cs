using System.Globalization;
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
}
