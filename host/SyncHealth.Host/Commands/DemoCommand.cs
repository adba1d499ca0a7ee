using System.CommandLine;
using SyncHealth.Host.Configuration;
using SyncHealth.Host.Data;
using SyncHealth.Host.Demo;

namespace SyncHealth.Host.Commands;

/// <summary><c>synchealth demo</c>: the platform and a fleet of real sync engines, in one process, on one accelerated clock.</summary>
internal static class DemoCommand
{
    private const string Folder = "demo";
    private const int DefaultDevices = 200;
    private const double DefaultSpeed = 60;

    public static Command Create()
    {
        var devices = CommonOptions.Devices(DefaultDevices, least: 0);
        var speed = CommonOptions.Speed(DefaultSpeed);
        var @for = CommonOptions.For();
        var scenario = CommonOptions.Scenario();
        var seed = CommonOptions.Seed();
        var port = CommonOptions.Port();
        var data = CommonOptions.Data(Folder);
        var rules = CommonOptions.Rules();
        var command = new Command("demo", "Run the whole product with a simulated fleet. Nothing to install, nothing to configure.")
        {
            devices, speed, @for, scenario, seed, port, data, rules,
        };
        command.SetAction((parsed, stop) => RunAsync(
            new DemoPlan
            {
                Devices = parsed.GetValue(devices),
                Speed = parsed.GetValue(speed),
                For = parsed.GetValue(@for),
                Scenario = parsed.GetValue(scenario)!,
                Seed = parsed.GetValue(seed),
                Port = parsed.GetValue(port),
                RulesFile = parsed.GetValue(rules),
            },
            parsed.GetValue(data) ?? Path.Combine(DataFolder.DefaultRoot(), Folder),
            stop));
        return command;
    }

    private static async Task<int> RunAsync(DemoPlan plan, string folderPath, CancellationToken cancellationToken)
    {
        using var folder = DataFolder.Open(folderPath);
        return await new DemoRun(plan, folder, Settings.Load(folder.SettingsFile), new Progress(Console.Out)).RunAsync(cancellationToken);
    }
}
