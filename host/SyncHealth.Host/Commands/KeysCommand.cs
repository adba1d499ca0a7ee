using System.CommandLine;
using System.Text.Json;
using SyncHealth.Host.Terminal;
using SyncHealth.Storage.Keys;

namespace SyncHealth.Host.Commands;

/// <summary><c>synchealth keys</c>: who may send events to a running installation.</summary>
internal static class KeysCommand
{
    public static Command Create()
    {
        var server = new ServerOptions("admin");
        var format = CommonOptions.Format();
        format.Recursive = true;
        var command = new Command("keys", "Create, list, rotate, pause, resume and revoke the keys that apps send events with.")
        {
            CreateKey(server, format),
            List(server, format),
            Successor(server, format),
            Change(server, format, "pause", "Refuse a key until it is resumed; apps keep their events meanwhile."),
            Change(server, format, "resume", "Let a paused key write again."),
            Change(server, format, "revoke", "Refuse a key for good, everywhere within 5 seconds."),
        };
        command.Add(format);
        return server.AddTo(command);
    }

    private static Command CreateKey(ServerOptions server, Option<string> format)
    {
        var app = new Option<string?>("--app") { Description = "The app it writes for." };
        var any = new Option<bool>("--any-app") { Description = "Let it write for any app. One key per app limits and revokes better." };
        var label = new Option<string?>("--label") { Description = "What people shall call it (default: the app's name)." };
        var origins = new Option<string[]>("--origin") { Description = "Origin of a web app that may use it, such as https://notes.example; repeatable.", DefaultValueFactory = _ => [] };
        var rate = CommonOptions.Limit("--rate", $"Events a second over all processes, or none to leave it to the installation (default {IngestKey.DefaultEventsPerSecond}).", AppLimits.MaxEventsPerSecond);
        var command = new Command("create", "Create a key. It is shown once.") { app, any, label, origins, rate };
        command.Validators.Add(result =>
        {
            if ((result.GetValue(app) is null) != result.GetValue(any))
                result.AddError("Say which app the key is for with --app NAME, or --any-app.");
        });
        command.SetAction(async (parsed, stop) =>
        {
            var fields = new Dictionary<string, object?>
            {
                ["app"] = parsed.GetValue(app),
                ["label"] = parsed.GetValue(label) ?? parsed.GetValue(app) ?? "any app",
                ["origins"] = parsed.GetValue(origins),
            };
            if (parsed.GetValue(rate) is { } wanted)
                fields["eventsPerSecond"] = wanted.Number;
            using var client = server.Connect(parsed);
            Print(await client.ChangeAsync(HttpMethod.Post, "api/v1/keys", fields, stop), parsed.GetValue(format)!, KeysTable.RenderNew);
            return ExitCodes.Success;
        });
        return command;
    }

    private static Command List(ServerOptions server, Option<string> format)
    {
        var all = new Option<bool>("--all") { Description = "Revoked keys too." };
        var command = new Command("list", "List the keys. What is shown of a key is its id, never the key.") { all };
        command.SetAction(async (parsed, stop) =>
        {
            using var client = server.Connect(parsed);
            var withRevoked = parsed.GetValue(all);
            Print(await client.GetAsync("api/v1/keys", stop), parsed.GetValue(format)!, answer => KeysTable.Render(answer, withRevoked));
            return ExitCodes.Success;
        });
        return command;
    }

    private static Command Successor(ServerOptions server, Option<string> format)
    {
        var id = Id();
        var command = new Command("rotate", "Put a successor beside a key. Both write until you revoke the old one.") { id };
        command.SetAction(async (parsed, stop) =>
        {
            using var client = server.Connect(parsed);
            Print(await client.ChangeAsync(HttpMethod.Post, PathOf(parsed.GetValue(id)!, "rotate"), null, stop), parsed.GetValue(format)!, KeysTable.RenderNew);
            return ExitCodes.Success;
        });
        return command;
    }

    private static Command Change(ServerOptions server, Option<string> format, string verb, string description)
    {
        var id = Id();
        var command = new Command(verb, description) { id };
        command.SetAction(async (parsed, stop) =>
        {
            using var client = server.Connect(parsed);
            Print(await client.ChangeAsync(HttpMethod.Post, PathOf(parsed.GetValue(id)!, verb), null, stop), parsed.GetValue(format)!, KeysTable.RenderOne);
            return ExitCodes.Success;
        });
        return command;
    }

    private static Argument<string> Id() => new("id") { Description = "Id of the key, as `keys list` shows it." };

    private static string PathOf(string id, string verb) => $"api/v1/keys/{Uri.EscapeDataString(id)}/{verb}";

    private static void Print(JsonElement answer, string format, Func<JsonElement, string> render) =>
        Console.Out.Write(format == "json" ? answer.GetRawText() + Environment.NewLine : render(answer));
}
