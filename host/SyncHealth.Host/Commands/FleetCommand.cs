using System.CommandLine;
using System.Net;
using SyncHealth.Host.Clock;
using SyncHealth.Host.Data;
using SyncHealth.Host.Demo;
using SyncHealth.Host.Roles;
using SyncHealth.SyncServer;

namespace SyncHealth.Host.Commands;

/// <summary><c>synchealth fleet</c>: the reference fleet against any installation. It brings its own sync server.</summary>
internal static class FleetCommand
{
    private const string Folder = "fleet";
    private const int DefaultDevices = 200;

    public static Command Create()
    {
        var endpoint = CommonOptions.Address("--endpoint", "Address of the ingest, such as http://127.0.0.1:4318.");
        var key = new Option<string>("--key") { Description = "Ingest key.", Required = true };
        key.Validators.Add(static result =>
        {
            if (result.GetValueOrDefault<string>() is not { Length: > 0 })
                result.AddError("--key is empty. Give the ingest key that `synchealth keys create` has shown.");
        });
        var devices = CommonOptions.Devices(DefaultDevices, least: 1);
        var @for = CommonOptions.For();
        var speed = CommonOptions.Speed(1);
        var scenario = CommonOptions.Scenario();
        var seed = CommonOptions.Seed();
        var data = CommonOptions.Data(Folder);
        var command = new Command("fleet", "Run simulated devices against any installation.") { endpoint, key, devices, @for, speed, scenario, seed, data };
        command.SetAction((parsed, stop) => RunAsync(
            new FleetOrder(
                parsed.GetValue(endpoint)!, parsed.GetValue(key)!, parsed.GetValue(devices), parsed.GetValue(scenario)!, parsed.GetValue(seed)),
            parsed.GetValue(@for), parsed.GetValue(speed), parsed.GetValue(data) ?? Path.Combine(DataFolder.DefaultRoot(), Folder), stop));
        return command;
    }

    private static async Task<int> RunAsync(
        FleetOrder order, TimeSpan? length, double speed, string folderPath, CancellationToken cancellationToken)
    {
        var progress = new Progress(Console.Out);
        using var folder = DataFolder.Open(folderPath);
        await using var database = await Database.OpenAsync(folder, progress, cancellationToken);
        var clock = ClockOf(speed);
        await using var notes = await StartNotesAsync(database.ConnectionString, order, clock, cancellationToken);

        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        if (length is { } time)
            end.CancelAfter(time);
        progress.Say($"{order.Devices} devices sync and report to {order.Ingest}; Ctrl-C stops them.");
        var driver = new FleetDriver(progress);
        var summary = await driver.RunAsync(order, new Uri(notes.Urls.First()), folder.Fleet, clock, end.Token);
        driver.Summarise(summary);
        await notes.StopAsync(CancellationToken.None);
        return ExitCodes.Success;
    }

    /// <summary>An installation elsewhere runs on the wall clock; a faster fleet starts as far back as it will catch up within an hour.</summary>
    private static TimeProvider ClockOf(double speed) => speed > 1
        ? new AcceleratedTimeProvider(TimeProvider.System, TimeProvider.System.GetUtcNow() - TimeSpan.FromHours(Math.Min(24, speed)), speed)
        : TimeProvider.System;

    private static async Task<WebApplication> StartNotesAsync(string connectionString, FleetOrder order, TimeProvider clock, CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Configuration.Sources.Clear();
        builder.Configuration.AddInMemoryCollection();
        PlatformLogs.Configure(builder.Logging);
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        builder.Services.AddSingleton(clock);
        builder.Services.AddNotesServer(new NotesServerOptions { ConnectionString = connectionString, SyncLogEndpoint = order.Ingest, SyncLogKey = order.Key });
        var app = builder.Build();
        app.MapNotesServer(Platform.NotesPath);
        await app.StartAsync(cancellationToken);
        return app;
    }
}
