using System.CommandLine;
using System.Net;
using SyncHealth.Alerting.Receivers;
using SyncHealth.Host.Roles;
using SyncHealth.Host.Terminal;

namespace SyncHealth.Host.Commands;

/// <summary><c>synchealth receivers</c>: strict fakes of the vendors on their own, as docker-compose runs them; below it, the receivers of a running installation.</summary>
internal static class ReceiversCommand
{
    private const int DefaultPort = 8090;

    public static Command Create()
    {
        var port = new Option<int>("--port") { Description = $"Port (default {DefaultPort}).", DefaultValueFactory = _ => DefaultPort };
        var address = new Option<string>("--address") { Description = "Address to listen on (default 127.0.0.1).", DefaultValueFactory = _ => IPAddress.Loopback.ToString() };
        var smtp = new Option<int?>("--smtp-port") { Description = "Port of a mail server (default: none)." };
        var command = new Command("receivers", "Run strict fakes of PagerDuty, Slack, Jira, a webhook and a mail server, with a page that shows what arrived.") { port, address, smtp };
        command.SetAction((parsed, stop) => RunAsync(IPAddress.Parse(parsed.GetValue(address)!), parsed.GetValue(port), parsed.GetValue(smtp), stop));
        command.Subcommands.Add(CreateList());
        command.Subcommands.Add(CreateTest());
        return command;
    }

    private static Command CreateList()
    {
        var format = CommonOptions.Format();
        var server = new ServerOptions("read");
        var command = new Command("list", "Receivers of a running installation: which are ready, and what waits for each.") { format };
        command.SetAction(async (parsed, stop) =>
        {
            using var client = server.Connect(parsed);
            var list = await client.GetAsync("api/v1/receivers", stop);
            Console.Out.Write(parsed.GetValue(format) == "json" ? list.GetRawText() + Environment.NewLine : ReceiversTable.Render(list));
            return ExitCodes.Success;
        });
        return server.AddTo(command);
    }

    private static Command CreateTest()
    {
        var name = new Argument<string>("name") { Description = "Name of a receiver." };
        var server = new ServerOptions("editor or admin");
        var command = new Command("test", "Send a receiver the beginning and the end of an incident that never was, in the words of a real one. 0 when it was taken, else 1.") { name };
        command.SetAction(async (parsed, stop) =>
        {
            using var client = server.Connect(parsed);
            var result = await client.ChangeAsync(HttpMethod.Post, $"api/v1/receivers/{Uri.EscapeDataString(parsed.GetValue(name)!)}/test", null, stop);
            Console.Out.WriteLine($"{result.GetProperty("receiver").GetString()}: {result.GetProperty("status").GetString()} ({result.GetProperty("detail").GetString()})");
            return result.GetProperty("status").ValueEquals("delivered") ? ExitCodes.Success : ExitCodes.Failure;
        });
        return server.AddTo(command);
    }

    private static async Task<int> RunAsync(IPAddress address, int port, int? smtpPort, CancellationToken cancellationToken)
    {
        PortCheck.Require(address, port);
        var builder = WebApplication.CreateSlimBuilder();
        PlatformLogs.Configure(builder.Logging);
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(address, port));
        builder.Services.AddSyncHealthReceivers(new ReceiverOptions { SmtpPort = smtpPort, SmtpAddress = address });
        await using var app = builder.Build();
        app.MapSyncHealthReceivers("/receivers");
        await app.StartAsync(cancellationToken);
        Console.Out.WriteLine($"The fakes listen at http://{address}:{port}/receivers");
        await StopSignals.WaitAsync(cancellationToken);
        await app.StopAsync(CancellationToken.None);
        return ExitCodes.Success;
    }
}
