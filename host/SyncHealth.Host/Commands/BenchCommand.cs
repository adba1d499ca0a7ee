using System.CommandLine;
using SyncHealth.Benchmarks;
using SyncHealth.Host.Configuration;
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
        var command = new Command("bench", "Measure speed as ratios against a baseline in the same run.") { name, devices };
        command.SetAction((parsed, stop) => RunAsync(parsed.GetValue(name), parsed.GetValue(devices), stop));
        return command;
    }

    private static async Task<int> RunAsync(string? name, int devices, CancellationToken cancellationToken)
    {
        var program = new BenchmarkProgram(Environment.ProcessPath!, []);
        if (Settings.Postgres() is { } existing)
            return await BenchmarkRunner.RunAsync(name, Console.Out, existing, program, devices, cancellationToken);

        using var folder = DisposableFolder.Create("bench");
        var progress = new Progress(Console.Out);
        var locator = new PostgresLocator(new EmbeddedPostgresPackage(EmbeddedPostgresPackage.DefaultCacheFolder()), progress);
        await using var cluster = await PostgresCluster.StartAsync(folder.Path, folder.Secrets, locator, PostgresSettings.Durable, progress, cancellationToken);
        return await BenchmarkRunner.RunAsync(name, Console.Out, cluster.ConnectionString, program, devices, cancellationToken);
    }
}
