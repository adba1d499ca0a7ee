using System.CommandLine;
using SyncHealth.Benchmarks;
using SyncHealth.Host.Configuration;
using SyncHealth.Host.Data;
using SyncHealth.Host.Postgres;

namespace SyncHealth.Host.Commands;

/// <summary><c>synchealth bench</c>: ratios against a baseline measured in the same run, on a Postgres of its own with durable settings.</summary>
internal static class BenchCommand
{
    public static Command Create()
    {
        var name = new Argument<string?>("name")
        {
            Description = $"One of {string.Join(", ", BenchmarkRunner.Names)}; without a name the short ones.",
            DefaultValueFactory = _ => null,
        };
        var devices = CommonOptions.BenchDevices();
        var data = new Option<string?>("--data")
        {
            Description = "Folder in which the server and what 'dashboard' and 'vitals-month' have filled stay, for the next run to measure over (default: one that goes with the run).",
        };
        var command = new Command("bench", "Measure speed as ratios against a baseline in the same run.") { name, devices, data };
        command.SetAction((parsed, stop) => RunAsync(parsed.GetValue(name), parsed.GetValue(devices), parsed.GetValue(data), stop));
        return command;
    }

    private static async Task<int> RunAsync(string? name, int devices, string? data, CancellationToken cancellationToken)
    {
        var program = new BenchmarkProgram(Environment.ProcessPath!, []);
        if (Settings.Postgres() is { } existing)
            return data is null
                ? await BenchmarkRunner.RunAsync(name, Console.Out, new BenchmarkSetting(existing, program, devices), cancellationToken)
                : throw new StartupException(ExitCodes.Usage, "--data keeps a Postgres of its own, and SYNCHEALTH_POSTGRES names another one. Leave one of them out.");

        if (data is null)
        {
            using var folder = DisposableFolder.Create("bench");
            return await RunOnOwnAsync(name, new BenchmarkSetting("", program, devices), folder.Path, folder.Secrets, cancellationToken);
        }

        using var kept = DataFolder.Open(data);
        return await RunOnOwnAsync(name, new BenchmarkSetting("", program, devices) { Keep = true }, kept.Root, kept.Secrets, cancellationToken);
    }

    private static async Task<int> RunOnOwnAsync(string? name, BenchmarkSetting setting, string root, string secrets, CancellationToken cancellationToken)
    {
        var progress = new Progress(Console.Out);
        var locator = new PostgresLocator(new EmbeddedPostgresPackage(EmbeddedPostgresPackage.DefaultCacheFolder()), progress);
        await using var cluster = await PostgresCluster.StartAsync(root, secrets, locator, PostgresSettings.Durable, progress, cancellationToken);
        return await BenchmarkRunner.RunAsync(name, Console.Out, setting with { Server = cluster.ConnectionString }, cancellationToken);
    }
}
