using System.CommandLine;
using System.Text.Json;
using SyncHealth.Host.Terminal;
using SyncHealth.Storage.Apps;
using SyncHealth.Storage.Keys;

namespace SyncHealth.Host.Commands;

/// <summary><c>synchealth apps</c>: limits and retention of single apps.</summary>
internal static class AppsCommand
{
    public static Command Create()
    {
        var server = new ServerOptions("admin");
        var format = CommonOptions.Format();
        format.Recursive = true;
        var command = new Command("apps", "Show and set what an app has of its own: limit and retention.") { List(server, format), Set(server, format) };
        command.Add(format);
        return server.AddTo(command);
    }

    private static Command List(ServerOptions server, Option<string> format)
    {
        var command = new Command("list", "List the known apps.");
        command.SetAction(async (parsed, stop) =>
        {
            using var client = server.Connect(parsed);
            Print(await client.GetAsync("api/v1/apps", stop), parsed.GetValue(format)!, AppsTable.Render);
            return ExitCodes.Success;
        });
        return command;
    }

    private static Command Set(ServerOptions server, Option<string> format)
    {
        var app = new Argument<string>("app") { Description = "Name of the app, known by an event or not yet." };
        var rate = CommonOptions.Limit("--rate", "Events a second that all its keys may send together.", AppLimits.MaxEventsPerSecond);
        var raw = CommonOptions.Limit("--raw-days", $"Days that raw events are kept, {AppSetting.MinRawDays} or more.", AppSetting.MaxDays);
        var hours = CommonOptions.Limit("--hour-days", $"Days that hours are kept, {AppSetting.MinHourDays} or more (default: for good).", AppSetting.MaxDays);
        var days = CommonOptions.Limit("--day-days", $"Days that days are kept, {AppSetting.MinDayDays} or more (default: for good).", AppSetting.MaxDays);
        var options = new Dictionary<string, Option<Configuration.Limit?>> { ["eventsPerSecond"] = rate, ["rawDays"] = raw, ["hourDays"] = hours, ["dayDays"] = days };
        var command = new Command("set", "Set what an app has of its own; `none` leaves it to the installation.") { app, rate, raw, hours, days };
        command.Validators.Add(result =>
        {
            if (options.Values.All(option => result.GetValue(option) is null))
                result.AddError("Say what to set: --rate, --raw-days, --hour-days or --day-days.");
        });
        command.SetAction(async (parsed, stop) =>
        {
            var fields = options.Where(option => parsed.GetValue(option.Value) is not null)
                .ToDictionary(option => option.Key, option => (object?)parsed.GetValue(option.Value)!.Number);
            using var client = server.Connect(parsed);
            Print(await client.ChangeAsync(HttpMethod.Put, $"api/v1/apps/{Uri.EscapeDataString(parsed.GetValue(app)!)}", fields, stop), parsed.GetValue(format)!, AppsTable.RenderOne);
            return ExitCodes.Success;
        });
        return command;
    }

    private static void Print(JsonElement answer, string format, Func<JsonElement, string> render) =>
        Console.Out.Write(format == "json" ? answer.GetRawText() + Environment.NewLine : render(answer));
}
