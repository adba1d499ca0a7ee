using System.CommandLine;
using System.Net;
using SyncHealth.Host.Configuration;
using SyncHealth.Host.Data;
using SyncHealth.Host.Roles;

namespace SyncHealth.Host.Commands;

/// <summary><c>synchealth up</c>: the platform for real data, all roles in one process or one of them.</summary>
internal static class UpCommand
{
    public const string Folder = "data";

    private static readonly Dictionary<string, PlatformRoles> Roles = new(StringComparer.Ordinal)
    {
        ["all"] = PlatformRoles.All,
        ["ingest"] = PlatformRoles.Ingest,
        ["alerting"] = PlatformRoles.Alerting,
        ["dashboard"] = PlatformRoles.Dashboard,
    };

    public static Command Create()
    {
        var port = CommonOptions.Port();
        var data = CommonOptions.Data(Folder);
        var postgres = new Option<string?>("--postgres") { Description = "Connection string of an existing Postgres (default $SYNCHEALTH_POSTGRES, else the embedded one)." };
        var role = new Option<string>("--role") { Description = "all, ingest, alerting or dashboard (default all). Single roles wait for `migrate`.", DefaultValueFactory = _ => "all" };
        role.AcceptOnlyFromAmong([.. Roles.Keys]);
        var rules = CommonOptions.Rules();
        var command = new Command("up", "Run the platform for real data. People sign in; the first start prints a link for the first admin.") { port, data, postgres, role, rules };
        command.SetAction((parsed, stop) => RunAsync(
            parsed.GetValue(port), parsed.GetValue(data) ?? Path.Combine(DataFolder.DefaultRoot(), Folder),
            parsed.GetValue(postgres), Roles[parsed.GetValue(role)!], parsed.GetValue(rules), stop));
        return command;
    }

    private static async Task<int> RunAsync(
        int port, string folderPath, string? postgres, PlatformRoles roles, string? rulesFile, CancellationToken cancellationToken)
    {
        var progress = new Progress(Console.Out);
        using var folder = DataFolder.Open(folderPath);
        var settings = Settings.Load(folder.SettingsFile);
        var address = AddressOf(settings);
        PortCheck.Require(address, port);
        await using var database = await Database.OpenAsync(folder, progress, cancellationToken, postgres);

        progress.Step("Starting SyncHealth");
        var plan = new PlatformPlan
        {
            Folder = folder,
            Settings = settings,
            ConnectionString = database.ConnectionString,
            Clock = TimeProvider.System,
            Roles = roles,
            Address = address,
            Port = port,
            ReadToken = settings.Text("Api:ReadToken"),
            EditorToken = settings.Text("Api:EditorToken"),
            AdminToken = settings.Text("Api:AdminToken") ?? AdminToken.Ensure(folder),
            RulesFile = rulesFile,
        };
        await using var platform = await Platform.StartAsync(plan, cancellationToken);
        progress.Say($"SyncHealth is ready: {plan.Url}/   (data folder {folder.Root}; Ctrl-C stops everything)");
        if (await FirstAdmin.InviteAsync(plan, platform.Services, cancellationToken) is { } invitation)
            progress.Say(invitation);
        await StopSignals.WaitAsync(cancellationToken);

        progress.Step("Stopping");
        return ExitCodes.Success;
    }

    private static IPAddress AddressOf(Settings settings)
    {
        var text = settings.Text("Http:Address");
        if (text is null)
            return IPAddress.Loopback;
        return IPAddress.TryParse(text, out var address)
            ? address
            : throw new StartupException(ExitCodes.Configuration, $"SYNCHEALTH__Http__Address is '{text}'; set it to an IP address such as 127.0.0.1 or 0.0.0.0.");
    }
}
