using System.Net;
using SyncHealth.Host.Clock;
using SyncHealth.Host.Configuration;
using SyncHealth.Host.Data;
using SyncHealth.Host.Roles;
using SyncHealth.Storage.Alerts;
using SyncHealth.Storage.Apps;
using SyncHealth.Storage.Migrations;

namespace SyncHealth.Host.Demo;

/// <summary>One run of the demo: start, fleet, stop, and the summary at the end.</summary>
internal sealed class DemoRun(DemoPlan plan, DataFolder folder, Settings settings, Progress progress)
{
    /// <summary>How far back an accelerated clock begins in a new data folder.</summary>
    private static readonly TimeSpan Lead = TimeSpan.FromHours(24);

    /// <summary>Real time between two notes of where the clock is: what a killed run may see twice.</summary>
    private static readonly TimeSpan ClockNoteInterval = TimeSpan.FromSeconds(1);

    /// <summary>Devices' last telemetry is folded within this real time after the fleet has stopped.</summary>
    private static readonly TimeSpan SettleTime = TimeSpan.FromSeconds(2);

    /// <summary>The fleet's app, and the tag of its devices that is asked for most.</summary>
    private const string FleetApp = "notes", FleetTag = "region";

    /// <summary>The scenario in which a page, a thread and a ticket are shown from beginning to end.</summary>
    private const string TicketScenario = "bad-release";

    private readonly Uri _address = new($"http://127.0.0.1:{plan.Port}");

    /// <summary>Runs to the end. Data of another version's schema is set aside: a demo that does not start shows nothing.</summary>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        PortCheck.Require(IPAddress.Loopback, plan.Port);
        try
        {
            return await RunOnceAsync(cancellationToken);
        }
        catch (StartupException refused) when (refused.InnerException is SchemaMismatchException && Settings.Postgres() is null)
        {
            progress.Say($"The data in {folder.Root} is of another version of SyncHealth. It is kept in {folder.SetAside(TimeProvider.System.GetUtcNow())}; the demo starts afresh.");
            return await RunOnceAsync(cancellationToken);
        }
    }

    private async Task<int> RunOnceAsync(CancellationToken cancellationToken)
    {
        await using var database = await Database.OpenAsync(folder, progress, cancellationToken);

        var clockFile = new ClockFile(folder.ClockFile);
        var clock = CreateClock(clockFile);
        var start = clock.GetUtcNow();
        progress.Step("Starting SyncHealth");
        await using var platform = await Platform.StartAsync(PlanOf(database.ConnectionString, clock), cancellationToken);
        if (plan.Devices > 0)
            await platform.Services.GetRequiredService<AppSettingStore>().PromoteTagAsync(FleetApp, FleetTag, start, cancellationToken);
        Announce(start);

        await using (new Timer(_ => clockFile.Write(clock.GetUtcNow()), null, TimeSpan.Zero, ClockNoteInterval))
            await DriveAsync(clock, cancellationToken);

        if (plan.For is not null && !cancellationToken.IsCancellationRequested)
        {
            await Task.Delay(SettleTime, TimeProvider.System, CancellationToken.None);
            await DemoSummary.WriteAsync(_address, platform.Services.GetRequiredService<IAlertReader>(), start, clock.GetUtcNow(), Console.Out);
        }

        progress.Step("Stopping");
        clockFile.Write(clock.GetUtcNow());
        return ExitCodes.Success;
    }

    private TimeProvider CreateClock(ClockFile file) => plan.IsAccelerated
        ? new AcceleratedTimeProvider(TimeProvider.System, file.Read() ?? TimeProvider.System.GetUtcNow() - Lead, plan.Speed)
        : TimeProvider.System;

    private PlatformPlan PlanOf(string connectionString, TimeProvider clock) => new()
    {
        Folder = folder,
        Settings = settings,
        ConnectionString = connectionString,
        Clock = clock,
        Speed = plan.IsAccelerated ? plan.Speed : 1,
        Port = plan.Port,
        IsDemo = true,
        OpensTickets = plan is { Devices: > 0, Scenario: TicketScenario },
        RulesFile = plan.RulesFile,
    };

    private void Announce(DateTimeOffset start)
    {
        progress.Say("");
        progress.Say($"  SyncHealth is ready:   http://127.0.0.1:{plan.Port}/");
        progress.Say($"  A notes app to try:    http://127.0.0.1:{plan.Port}/try");
        progress.Say($"  What the fakes got:    http://127.0.0.1:{plan.Port}{Platform.ReceiversPath}");
        if (plan.Devices > 0)
            progress.Say($"  Fleet:                 {plan.Devices} devices, scenario {plan.Scenario}");
        if (plan.IsAccelerated)
            progress.Say($"  Shared clock:          from {start:yyyy-MM-dd HH:mm} UTC at ×{plan.Speed:0.##}");
        progress.Say(plan.For is { } length ? $"  Runs for {Duration.Format(length)}; Ctrl-C stops it earlier." : "  Ctrl-C stops everything.");
        progress.Say("");
    }

    /// <summary>Runs the fleet, or just waits, until the time is over or somebody stops us.</summary>
    private async Task DriveAsync(TimeProvider clock, CancellationToken cancellationToken)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        if (plan.For is { } length)
            end.CancelAfter(length);
        if (plan.Devices == 0)
        {
            await StopSignals.WaitAsync(end.Token);
            return;
        }

        var driver = new FleetDriver(progress);
        driver.Summarise(await driver.RunAsync(
            new FleetOrder(_address, Platform.DemoKey, plan.Devices, plan.Scenario, plan.Seed), _address, folder.Fleet, clock, end.Token));
    }
}
