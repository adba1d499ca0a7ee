using System.CommandLine;
using SyncHealth.Host.Configuration;
using SyncHealth.Host.Data;
using SyncHealth.Host.Roles;
using SyncHealth.Storage;
using SyncHealth.Storage.Fold;
using SyncHealth.Storage.Migrations;

namespace SyncHealth.Host.Commands;

/// <summary><c>synchealth migrate</c>: brings an existing Postgres to this program's schema. <c>demo</c> and <c>up</c> do it themselves.</summary>
internal static class MigrateCommand
{
    public static Command Create()
    {
        var postgres = new Option<string?>("--postgres") { Description = "Connection string (default $SYNCHEALTH_POSTGRES)." };
        var data = CommonOptions.Data("data");
        var rebuild = new Option<bool>("--rebuild-rollups") { Description = "Then count the raw events of the last 30 days into the rollups once more; others may go on writing and reading." };
        var command = new Command("migrate", "Bring a Postgres to this program's schema.") { postgres, data, rebuild };
        command.SetAction((parsed, stop) => RunAsync(parsed.GetValue(postgres), parsed.GetValue(data), parsed.GetValue(rebuild), stop));
        return command;
    }

    private static async Task<int> RunAsync(string? postgres, string? data, bool rebuild, CancellationToken cancellationToken)
    {
        var connectionString = postgres ?? Settings.Postgres()
            ?? throw new StartupException(ExitCodes.Usage, "Which Postgres? Pass --postgres CONNSTRING or set SYNCHEALTH_POSTGRES. The embedded one is migrated at every start.");
        var root = data ?? Path.Combine(DataFolder.DefaultRoot(), UpCommand.Folder);
        var settings = Settings.Load(Path.Combine(root, DataFolder.SettingsName));
        await using var services = new ServiceCollection()
            .AddSyncHealthStorage(StorageSettings.Read(settings, connectionString, Directory.CreateDirectory(Path.Combine(root, DataFolder.SecretsName)).FullName))
            .BuildServiceProvider();
        var applied = await services.GetRequiredService<SchemaSetup>().MigrateAsync(cancellationToken);
        Console.Out.WriteLine(applied.Count == 0 ? "The schema is up to date." : $"Applied migrations {string.Join(", ", applied)}.");
        if (rebuild)
        {
            var days = await services.GetRequiredService<RollupRebuild>().RunAsync(null, cancellationToken);
            Console.Out.WriteLine($"Rebuilt the rollups of {days} days from raw events.");
        }

        return ExitCodes.Success;
    }
}
