using System.CommandLine;
using SyncHealth.Host.Terminal;

namespace SyncHealth.Host.Commands;

/// <summary><c>synchealth devices</c>: erase a device or a user from a running installation.</summary>
internal static class DevicesCommand
{
    public static Command Create()
    {
        var server = new ServerOptions("admin");
        return server.AddTo(new Command("devices", "Erase what is known of a device or a user.") { Erase(server) });
    }

    private static Command Erase(ServerOptions server)
    {
        var app = new Option<string>("--app") { Description = "The app it belongs to.", Required = true };
        var id = new Argument<string?>("id") { Description = "The device's own id, as the app sends it.", Arity = ArgumentArity.ZeroOrOne };
        var device = new Option<string?>("--device") { Description = "The same as an option." };
        var user = new Option<string?>("--user") { Description = "The host's own user reference: every device whose latest report names that user, and every event that does." };
        var key = new Option<string?>("--key") { Description = "The opaque key that lists and pages show." };
        var format = CommonOptions.Format();
        var command = new Command("erase", "Erase a device or a user everywhere, for good; what is still on its way is refused when it comes. Repeatable. Counts in rollups stay: they name nobody.") { id, app, device, user, key, format };
        command.Validators.Add(result =>
        {
            if (new[] { result.GetValue(id), result.GetValue(device), result.GetValue(user), result.GetValue(key) }.Count(said => said is not null) != 1)
                result.AddError("Say whom to erase with one of ID, --device ID, --user REFERENCE and --key KEY.");
        });
        command.SetAction(async (parsed, stop) =>
        {
            var fields = new Dictionary<string, object?> { ["app"] = parsed.GetValue(app) };
            var (name, value) = parsed.GetValue(user) is { } reference ? ("user", reference)
                : parsed.GetValue(key) is { } opaque ? ("key", opaque)
                : ("device", parsed.GetValue(device) ?? parsed.GetValue(id));
            fields[name] = value;
            using var client = server.Connect(parsed);
            var answer = await client.ChangeAsync(HttpMethod.Post, "api/v1/devices/erase", fields, stop);
            Console.Out.Write(parsed.GetValue(format) == "json" ? answer.GetRawText() + Environment.NewLine : ErasureText.Render(answer));
            return ExitCodes.Success;
        });
        return command;
    }
}
