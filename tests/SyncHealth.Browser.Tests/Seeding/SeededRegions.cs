using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using SyncHealth.Browser.Tests.Hosting;
using SyncHealth.Contracts;
using SyncHealth.Storage.Apps;
using SyncHealth.Storage.Fold;
using SyncHealth.Storage.Writes;

namespace SyncHealth.Browser.Tests.Seeding;

/// <summary>
/// The scenario <c>regional-outage</c> as its devices report it: for the last eighty minutes the server answers 503 to one region, whatever the
/// version, system or network. The region is the app's promoted tag, as in the demo. Deterministic for its seed.
/// </summary>
internal sealed class SeededRegions(Platform platform)
{
    public const string App = "regions";
    public const string BadRegion = "ap-south";

    private const int Devices = 120;
    private const int Seed = 20260305;

    private static readonly string[] Regions = ["eu-west", "us-east", BadRegion];
    private static readonly string[] Versions = ["2.4.0", "2.4.1", "2.3.2", "2.4.1"];
    private static readonly TimeSpan Round = TimeSpan.FromMinutes(5);

    private readonly Random _random = new(Seed);
    private long _id;

    public async Task WriteAsync()
    {
        var services = platform.Host.Services;
        await services.GetRequiredService<AppSettingStore>().PromoteTagAsync(App, "region", SeededFleet.Start, CancellationToken.None);
        for (var at = SeededFleet.Start; at < SeededFleet.End; at += Round)
        {
            var batch = new EventBatch { ReceivedAt = platform.Clock.GetUtcNow() };
            batch.Profiles.AddRange(Regions.Select(region => new DeviceProfile("Pixel 8", JsonSerializer.Serialize(new Dictionary<string, string> { ["region"] = region }))));
            batch.Events.AddRange(Enumerable.Range(0, Devices).Select(device => Attempt(device, at + (Round * _random.NextDouble()))).Where(row => row.EventAt < SeededFleet.End));
            Assert.Equal(WriteStatus.Committed, (await services.GetRequiredService<IEventWriter>().WriteAsync(batch, CancellationToken.None)).Status);
        }

        await services.GetRequiredService<FoldLoop>().FoldAsync(CancellationToken.None);
    }

    private EventRow Attempt(int device, DateTimeOffset at)
    {
        var region = device % Regions.Length;
        var isOut = Regions[region] == BadRegion && at >= SeededFleet.End - TimeSpan.FromMinutes(80);
        var fails = isOut || _random.NextDouble() < 0.012;
        return new EventRow
        {
            Segment = new SegmentKey(
                App, "production", Versions[device / 3 % Versions.Length], device / 12 % 2 == 0 ? "android" : "ios", "16", _random.Next(10) < 4 ? "cellular" : "wifi", "delta", "foreground"),
            Profile = region,
            DeviceKey = (device + 1) * 0x2F3D5B79A1C3E7,
            HasDevice = true,
            DeviceAt = at,
            EventAt = at,
            IdHash = ++_id,
            BodyHash = 1,
            Type = SyncType.Delta,
            Outcome = fails ? SyncOutcome.Failure : SyncOutcome.Success,
            ErrorKind = isOut ? SyncErrorKind.Server : fails ? SyncErrorKind.Offline : default,
            ErrorCode = isOut ? "http_503" : null,
            DurationMs = (int)(isOut ? 4000 * (1 + _random.NextDouble()) : 300 * (1 + _random.NextDouble())),
        };
    }
}
