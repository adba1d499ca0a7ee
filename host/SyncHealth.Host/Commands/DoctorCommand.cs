using System.CommandLine;
using System.Data.Common;
using System.Text.Json;
using SyncHealth.Alerting.Worker;
using SyncHealth.Host.Configuration;
using SyncHealth.Host.Data;
using SyncHealth.Host.Roles;
using SyncHealth.Host.Terminal;
using SyncHealth.Storage;
using SyncHealth.Storage.Diagnosis;
using SyncHealth.Storage.Keys;

namespace SyncHealth.Host.Commands;

/// <summary><c>synchealth doctor</c>: what an installation takes, how far its work is behind, and what someone should change.</summary>
internal static class DoctorCommand
{
    public static Command Create()
    {
        var postgres = new Option<string?>("--postgres") { Description = "Look into this database instead of asking a server; works when none runs." };
        var key = new Option<string?>("--key") { Description = "Is it working? Sends an empty batch with this ingest key, the way an app's events go, and says what came of it." };
        var format = CommonOptions.Format();
        var server = new ServerOptions("admin");
        var command = new Command("doctor", "Explain sizes, lags and broken settings: one line and one remedy per finding. Exit 0 fine, 1 findings.") { postgres, key, format };
        command.Validators.Add(result =>
        {
            if (result.GetValue(postgres) is not null && (result.GetResult("--server") is not null || result.GetValue(key) is not null))
                result.AddError("--postgres looks into a database, --server and --key ask what runs: not both.");
        });
        command.SetAction(async (parsed, stop) =>
        {
            if (parsed.GetValue(key) is { } asked)
                return await AskWithKeyAsync(server.AddressOf(parsed), asked, parsed.GetValue(format)!, stop);
            var report = parsed.GetValue(postgres) is { } connectionString
                ? await ExamineAsync(connectionString, server.DataFolderOf(parsed), stop)
                : await AskAsync(server, parsed, stop);
            Console.Out.Write(parsed.GetValue(format) == "json" ? report.GetRawText() + Environment.NewLine : DoctorText.Render(report));
            return report.GetProperty("findings").GetArrayLength() == 0 ? ExitCodes.Success : ExitCodes.Failure;
        });
        return server.AddTo(command);
    }

    private static async Task<int> AskWithKeyAsync(Uri server, string key, string format, CancellationToken cancellationToken)
    {
        var check = await KeyCheck.AskAsync(server, key, cancellationToken);
        await Console.Out.WriteLineAsync(format == "json" ? JsonSerializer.Serialize(check, JsonSerializerOptions.Web) : check.Text);
        return check.Works ? ExitCodes.Success : ExitCodes.Failure;
    }

    private static async Task<JsonElement> AskAsync(ServerOptions server, ParseResult parsed, CancellationToken cancellationToken)
    {
        using var client = server.Connect(parsed);
        return await client.GetAsync("api/v1/doctor", cancellationToken);
    }

    private static async Task<JsonElement> ExamineAsync(string connectionString, string dataFolder, CancellationToken cancellationToken)
    {
        var settings = Settings.Load(Path.Combine(dataFolder, DataFolder.SettingsName));
        var options = StorageSettings.Read(settings, connectionString, Path.Combine(dataFolder, DataFolder.SecretsName));
        await using var services = new ServiceCollection().AddSyncHealthStorage(options).BuildServiceProvider();
        try
        {
            // Asking for the hasher would make a secret where there is none.
            var fingerprint = File.Exists(options.DeviceKeyFile) ? services.GetRequiredService<DeviceKeyHasher>().Fingerprint : null;
            var report = await services.GetRequiredService<InstallationReader>().ReadAsync(fingerprint, cancellationToken);
            return JsonSerializer.SerializeToElement(report with { Findings = [.. report.Findings, .. ReceiverFindings(settings)] }, JsonSerializerOptions.Web);
        }
        catch (Exception exception) when (exception is DbException or TimeoutException or ArgumentException)
        {
            throw new StartupException(ExitCodes.Unavailable, $"The database cannot be examined: {exception.Message}");
        }
    }

    /// <summary>Rules and receivers as a start would read them: a receiver without its secret is one line that names the key.</summary>
    private static IEnumerable<Finding> ReceiverFindings(Settings settings)
    {
        try
        {
            AlertingSetup.Load(new AlertingOptions
            {
                RulesFile = settings.Text("Alerting:RulesFile"),
                ReceiversFile = settings.Text("Alerting:ReceiversFile"),
                AllowPrivateTargets = settings.Flag("Alerting:AllowPrivateTargets", fallback: false),
            });
            return [];
        }
        catch (AlertingConfigurationException exception)
        {
            return exception.Message.Split(Environment.NewLine).Select(line => new Finding("alerting_settings", line, "Change it there; without that the next start ends with exit code 78."));
        }
    }
}
