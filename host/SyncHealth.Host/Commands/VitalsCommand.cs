using System.CommandLine;
using SyncHealth.Host.Terminal;

namespace SyncHealth.Host.Commands;

/// <summary><c>synchealth vitals</c>: the five vital signs in the terminal.</summary>
internal static class VitalsCommand
{
    public static Command Create()
    {
        var app = new Option<string>("--app") { Description = "App to ask for.", Required = true };
        var since = new Option<string>("--since") { Description = "How far back, such as 1h, 24h or 7d (default 24h).", DefaultValueFactory = _ => "24h" };
        var by = new Option<string?>("--by") { Description = "Comma list of dimensions: app_version, os, os_version, network, type, trigger, tag:NAME, …" };
        var format = new Option<string>("--format") { Description = "table, json or csv (default table).", DefaultValueFactory = _ => "table" };
        format.AcceptOnlyFromAmong("table", "json", "csv");
        var server = new ServerOptions("read");
        var command = new Command("vitals", "Show the five vital signs in the terminal.") { app, since, by, format };
        command.SetAction((parsed, stop) => RunAsync(
            server.Connect(parsed), parsed.GetValue(app)!, parsed.GetValue(since)!, parsed.GetValue(by), parsed.GetValue(format)!, stop));
        return server.AddTo(command);
    }

    private static async Task<int> RunAsync(
        ServerClient server, string app, string since, string? by, string format, CancellationToken cancellationToken)
    {
        using var client = server;
        // A length, not two moments: the server's clock may be an accelerated one.
        var query = $"api/v1/vitals?app={Uri.EscapeDataString(app)}&since={Uri.EscapeDataString(since)}" + (by is null ? "" : $"&by={Uri.EscapeDataString(by)}");
        var answer = await client.GetAsync(query, cancellationToken);
        Console.Out.Write(format switch
        {
            "json" => answer.GetRawText() + Environment.NewLine,
            "csv" => VitalsTable.RenderCsv(answer),
            _ => VitalsTable.Render(answer),
        });
        return ExitCodes.Success;
    }
}
