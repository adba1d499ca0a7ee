using SyncHealth.Fleet.Devices;
using SyncHealth.Fleet.Scenarios;
using SyncHealth.Fleet.Tests.Support;
using Xunit;

namespace SyncHealth.Fleet.Tests;

/// <summary>Whole fleets on a fast clock, against the real notes server and an ingest service that remembers what it was told.</summary>
public sealed class FleetRunnerTests
{
    [Fact]
    public async Task Run_Steady_ReportsExactlyWhatTheDevicesDid()
    {
        await using var platform = await FleetPlatform.StartAsync(speed: 600);
        var options = platform.Options(fleet => (fleet.Devices, fleet.Duration) = (20, TimeSpan.FromSeconds(8)));

        var summary = await FleetRunner.RunAsync(options, platform.Time, progress: null, CancellationToken.None);

        var attempts = platform.Events.Where(reported => reported.IsAttempt).ToList();
        Assert.True(summary.Total.Attempts > 30, $"Only {summary.Total.Attempts} attempts.");
        Assert.Equal(0, summary.Telemetry.Dropped + summary.Telemetry.Waiting);
        Assert.Equal(summary.Telemetry.Issued, platform.Events.Count);
        Assert.Equal(summary.Opened, platform.Events.Count - attempts.Count);
        Assert.Equal(summary.ByVersion.Keys, attempts.Select(reported => reported.Version).Distinct().Order());
        Assert.All(summary.ByVersion, version => Assert.Equal(version.Value, Count(attempts.Where(reported => reported.Version == version.Key))));
        Assert.True(summary.Total.SuccessRate > 95, $"{summary.Total.SuccessRate} % in a steady fleet.");
        Assert.All(attempts, attempt => Assert.InRange(attempt.DurationMs, 1, 15 * 60_000));
    }

    [Fact]
    public async Task Run_BadRelease_FailsOnMobileNetworksOfThatVersionOnly()
    {
        // Slow enough for a machine that does much besides, early, and ended by what was seen, not by a time.
        await using var platform = await FleetPlatform.StartAsync(speed: 120);
        var options = platform.Options(fleet => fleet.Devices = 40);
        var release = ScenarioCatalog.BadRelease.Rollouts[0];
        var early = ScenarioCatalog.BadRelease with { Rollouts = [release with { From = TimeSpan.FromMinutes(6), Over = TimeSpan.FromMinutes(2) }] };
        var start = platform.Time.GetUtcNow();
        using var stop = new CancellationTokenSource(TimeSpan.FromMinutes(5));

        var summary = await FleetRunner.RunAsync(options, early, platform.Time, new StopWhen(() => Crawled() && Cellular(isBad: true) >= 40 && Cellular(isBad: false) >= 60, stop), stop.Token);

        Assert.True(Cellular(isBad: true) >= 40 && Cellular(isBad: false) >= 60, $"Only {platform.Events.Count} events in five minutes.");
        var bad = summary.ByVersion["2.5.0"];
        var others = summary.ByVersion.Where(version => version.Key != "2.5.0").Select(version => version.Value).Aggregate((sum, next) => sum.Plus(next));
        Assert.True(bad.CellularFailures > 0.3 * bad.Cellular, $"{bad}");
        Assert.True(others.CellularFailures < 0.05 * others.Cellular, $"{others}");
        Assert.True(bad.Failures - bad.CellularFailures < 0.05 * (bad.Attempts - bad.Cellular), $"{bad}");
        Assert.True(Crawled());
        Assert.DoesNotContain(platform.Events, reported => reported.Version == "2.5.0" && reported.At < start + early.Rollouts[0].From);

        int Cellular(bool isBad) => platform.Events.Count(reported => reported is { IsAttempt: true, Network: "cellular" } && reported.Version == "2.5.0" == isBad);

        bool Crawled() => platform.Events.Any(reported => reported is { Version: "2.5.0", Network: "cellular", ErrorKind: "timeout", DurationMs: > 60_000 });
    }

    [Fact]
    public async Task Run_RegionalOutage_FailsInThatRegionOnlyAtTheServersFaultAndReturnsAllAtOnce()
    {
        // Slow enough for a machine that does much besides, and ended by what was seen, not by a time.
        await using var platform = await FleetPlatform.StartAsync(speed: 120);
        var options = platform.Options(fleet => fleet.Devices = 20);
        var outage = new Outage("ap-south", TimeSpan.FromMinutes(6), TimeSpan.FromMinutes(46), TimeSpan.FromMinutes(4));
        var inside = DeviceRoster.Create(options.Seed, options.Devices).Where(device => device.Region == outage.Region).Select(device => device.DeviceId).ToHashSet();
        var start = platform.Time.GetUtcNow();
        using var stop = new CancellationTokenSource(TimeSpan.FromMinutes(3));

        await FleetRunner.RunAsync(options, new Scenario("short outage") { Outage = outage }, platform.Time, new StopWhen(() => Returned().Count > inside.Count / 2 && After().Any(reported => reported.IsSuccess), stop), stop.Token);

        // A slow moment of the machine is minutes of the fleet's time: a cycle may end well after what it met.
        var during = platform.Events.Where(reported => reported.IsAttempt && reported.At > start + outage.From + TimeSpan.FromMinutes(4) && reported.At < start + outage.Until).ToList();
        var failed = during.Where(reported => inside.Contains(reported.Device)).ToList();
        Assert.True(failed.Count > inside.Count, $"Only {failed.Count} attempts of {inside.Count} devices.");
        Assert.True(failed.Count(reported => reported.IsSuccess) < 0.1 * failed.Count);
        Assert.True(failed.Count(reported => reported is { ErrorKind: "server", ErrorCode: "http_503" }) > 0.5 * failed.Count);
        Assert.All(failed, reported => Assert.Equal(outage.Region, reported.Region));
        Assert.Contains(during, reported => reported.IsSuccess);
        Assert.DoesNotContain(platform.Events, reported => reported.Region != outage.Region && reported.ErrorCode == "http_503");
        Assert.True(Returned().Count > inside.Count / 2);
        Assert.Contains(After(), reported => reported.IsSuccess);

        IEnumerable<ReportedEvent> After() => platform.Events.Where(reported => reported.IsAttempt && inside.Contains(reported.Device) && reported.At >= start + outage.Until);

        HashSet<string> Returned() => [.. After().Where(reported => reported.Trigger == "reconnect").Select(reported => reported.Device)];
    }

    [Fact]
    public async Task Run_Cancelled_StopsAndFlushes()
    {
        await using var platform = await FleetPlatform.StartAsync(speed: 600);
        using var stop = new CancellationTokenSource();
        var options = platform.Options(fleet => fleet.Devices = 5);
        // The first second of progress is the sign that the fleet runs.
        var progress = new CancelOnProgress(stop);

        var summary = await FleetRunner.RunAsync(options, platform.Time, progress, stop.Token);

        Assert.Equal(summary.Telemetry.Issued, platform.Events.Count);
        Assert.Equal(0, summary.Telemetry.Waiting);
    }

    /// <summary>The demo keeps its phones from one start to the next, and another scenario gives them to other teams.</summary>
    [Fact]
    public async Task Run_AnotherScenarioOnTheSamePhones_StartsAllOfThem()
    {
        await using var platform = await FleetPlatform.StartAsync(speed: 600);
        foreach (var scenario in new[] { "steady", "conflict-storm", "field-service", "steady" })
        {
            using var stop = new CancellationTokenSource();
            var options = platform.Options(fleet => (fleet.Devices, fleet.Scenario) = (6, scenario));

            var summary = await FleetRunner.RunAsync(options, platform.Time, new CancelOnProgress(stop), stop.Token);

            Assert.Equal(0, summary.Telemetry.Waiting);
        }
    }

    [Fact]
    public async Task Run_UnknownScenario_NamesTheChoices()
    {
        var options = new FleetOptions { Endpoint = new Uri("http://a"), NotesEndpoint = new Uri("http://a"), Key = "k", DataFolder = "d", Scenario = "nonsense" };

        var refusal = await Assert.ThrowsAsync<ArgumentException>(() => FleetRunner.RunAsync(options, TimeProvider.System, progress: null, CancellationToken.None));

        Assert.Contains("steady, bad-release, regional-outage", refusal.Message, StringComparison.Ordinal);
    }

    private static VersionCount Count(IEnumerable<ReportedEvent> attempts) => attempts.Aggregate(new VersionCount(), (sum, attempt) => sum.Plus(new VersionCount
    {
        Attempts = 1,
        Successes = attempt.IsSuccess ? 1 : 0,
        Partial = attempt.Outcome == "partial" ? 1 : 0,
        Failures = attempt.Outcome == "failure" ? 1 : 0,
        Cancelled = attempt.Outcome == "cancelled" ? 1 : 0,
        Cellular = attempt.Network == "cellular" ? 1 : 0,
        CellularFailures = attempt is { Network: "cellular", Outcome: "failure" } ? 1 : 0,
        Conflicts = attempt.Conflicts,
    }));
}
