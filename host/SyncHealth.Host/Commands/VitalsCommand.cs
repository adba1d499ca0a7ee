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
        var explain = new Option<bool>("--explain") { Description = "Instead of the signs: the segments and errors that explain a drop of the success rate against as long before." };
        var format = new Option<string>("--format") { Description = "table, json or csv (default table).", DefaultValueFactory = _ => "table" };
        format.AcceptOnlyFromAmong("table", "json", "csv");
        var server = new ServerOptions("read");
        var command = new Command("vitals", "Show the five vital signs in the terminal.") { app, since, by, explain, format };
        command.Validators.Add(result =>
        {
            if (result.GetValue(explain) && (result.GetValue(by) is not null || result.GetValue(format) == "csv"))
                result.AddError("--explain looks through all dimensions by itself, and answers as table or json.");
        });
        command.SetAction((parsed, stop) => parsed.GetValue(explain) ? ExplainAsync(server.Connect(parsed), parsed.GetValue(app)!, parsed.GetValue(since)!, parsed.GetValue(format)!, stop) : RunAsync(
            server.Connect(parsed), parsed.GetValue(app)!, parsed.GetValue(since)!, parsed.GetValue(by), parsed.GetValue(format)!, stop));
        return server.AddTo(command);
    }

    private static async Task<int> ExplainAsync(ServerClient server, string app, string since, string format, CancellationToken cancellationToken)
    {
        using var client = server;
        var answer = await client.GetAsync($"api/v1/causes?app={Uri.EscapeDataString(app)}&since={Uri.EscapeDataString(since)}", cancellationToken);
        Console.Out.Write(format == "json" ? answer.GetRawText() + Environment.NewLine : CauseText.Render(answer));
        return ExitCodes.Success;
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
