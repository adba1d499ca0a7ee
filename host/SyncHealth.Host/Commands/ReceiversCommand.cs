using System.CommandLine;
using System.Net;
using SyncHealth.Alerting.Receivers;
using SyncHealth.Host.Roles;

namespace SyncHealth.Host.Commands;

/// <summary><c>synchealth receivers</c>: the strict fakes of PagerDuty, Slack and Jira on their own, as docker-compose runs them.</summary>
internal static class ReceiversCommand
{
    private const int DefaultPort = 8090;

    public static Command Create()
    {
        var port = new Option<int>("--port") { Description = $"Port (default {DefaultPort}).", DefaultValueFactory = _ => DefaultPort };
        var address = new Option<string>("--address") { Description = "Address to listen on (default 127.0.0.1).", DefaultValueFactory = _ => IPAddress.Loopback.ToString() };
        var command = new Command("receivers", "Run strict fakes of PagerDuty, Slack and Jira, with a page that shows what arrived.") { port, address };
        command.SetAction((parsed, stop) => RunAsync(IPAddress.Parse(parsed.GetValue(address)!), parsed.GetValue(port), stop));
        return command;
    }

    private static async Task<int> RunAsync(IPAddress address, int port, CancellationToken cancellationToken)
    {
        PortCheck.Require(address, port);
        var builder = WebApplication.CreateSlimBuilder();
        PlatformLogs.Configure(builder.Logging);
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(address, port));
        builder.Services.AddSyncHealthReceivers();
        await using var app = builder.Build();
        app.MapSyncHealthReceivers("/receivers");
        await app.StartAsync(cancellationToken);
        Console.Out.WriteLine($"The fakes listen at http://{address}:{port}/receivers");
        await StopSignals.WaitAsync(cancellationToken);
        await app.StopAsync(CancellationToken.None);
        return ExitCodes.Success;
    }
}
