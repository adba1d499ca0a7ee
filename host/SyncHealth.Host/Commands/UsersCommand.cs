using System.CommandLine;
using System.Text.Json;
using SyncHealth.Host.Terminal;

namespace SyncHealth.Host.Commands;

/// <summary><c>synchealth users</c>: who may use the dashboard of a running installation.</summary>
internal static class UsersCommand
{
    private const string Path = "api/v1/users";

    public static Command Create()
    {
        var server = new ServerOptions("admin");
        var format = CommonOptions.Format();
        format.Recursive = true;
        var command = new Command("users", "List, invite, change, sign out and remove the people who may use the dashboard.")
        {
            List(server, format), Invite(server, format), Add(server), SetRole(server),
            Change(server, "sign-out", "Sign somebody out of every browser.", HttpMethod.Post, "/sign-out"),
            Change(server, "remove", "Remove somebody, and sign them out.", HttpMethod.Delete, ""),
        };
        command.Add(format);
        return server.AddTo(command);
    }

    private static Command List(ServerOptions server, Option<string> format)
    {
        var command = new Command("list", "List people and the one-time links that were not used.");
        command.SetAction(async (parsed, stop) =>
        {
            using var client = server.Connect(parsed);
            Print(await client.GetAsync(Path, stop), parsed.GetValue(format)!, UsersTable.Render);
            return ExitCodes.Success;
        });
        return command;
    }

    private static Command Invite(ServerOptions server, Option<string> format)
    {
        var name = new Argument<string?>("name") { Description = "Whose account it makes or gives a new password; without one, whoever uses it chooses a name.", Arity = ArgumentArity.ZeroOrOne };
        var role = Role();
        var command = new Command("invite", "Print a one-time link, good for three days. An earlier one for the same name is void.") { name, role };
        command.SetAction(async (parsed, stop) =>
        {
            using var client = server.Connect(parsed);
            var fields = new Dictionary<string, object?> { ["name"] = parsed.GetValue(name), ["role"] = parsed.GetValue(role) };
            Print(await client.ChangeAsync(HttpMethod.Post, $"{Path}/invitations", fields, stop), parsed.GetValue(format)!, UsersTable.RenderLink);
            return ExitCodes.Success;
        });
        return command;
    }

    private static Command Add(ServerOptions server)
    {
        var name = new Argument<string>("name") { Description = "The name that the proxy sends." };
        var role = Role();
        var command = new Command("add", "Give a name a role, without a password: for people whom a proxy lets in.") { name, role };
        command.SetAction(async (parsed, stop) =>
        {
            using var client = server.Connect(parsed);
            await client.DoAsync(HttpMethod.Post, Path, new Dictionary<string, object?> { ["name"] = parsed.GetValue(name), ["role"] = parsed.GetValue(role) }, stop);
            return ExitCodes.Success;
        });
        return command;
    }

    private static Command SetRole(ServerOptions server)
    {
        var id = Id();
        var role = Role();
        var command = new Command("role", "Change what somebody may do; open pages follow within a minute.") { id, role };
        command.SetAction(async (parsed, stop) =>
        {
            using var client = server.Connect(parsed);
            await client.DoAsync(HttpMethod.Put, PathOf(parsed.GetValue(id)!), new Dictionary<string, object?> { ["role"] = parsed.GetValue(role) }, stop);
            return ExitCodes.Success;
        });
        return command;
    }

    private static Command Change(ServerOptions server, string verb, string description, HttpMethod method, string suffix)
    {
        var id = Id();
        var command = new Command(verb, description) { id };
        command.SetAction(async (parsed, stop) =>
        {
            using var client = server.Connect(parsed);
            await client.DoAsync(method, PathOf(parsed.GetValue(id)!) + suffix, null, stop);
            return ExitCodes.Success;
        });
        return command;
    }

    private static Argument<string> Id() => new("id") { Description = "Id of the person, as `users list` shows it." };

    private static Option<string> Role()
    {
        var role = new Option<string>("--role") { Description = "viewer, editor or admin.", Required = true };
        role.AcceptOnlyFromAmong("viewer", "editor", "admin");
        return role;
    }

    private static string PathOf(string id) => $"{Path}/{Uri.EscapeDataString(id)}";

    private static void Print(JsonElement answer, string format, Func<JsonElement, string> render) =>
        Console.Out.Write(format == "json" ? answer.GetRawText() + Environment.NewLine : render(answer));
}
