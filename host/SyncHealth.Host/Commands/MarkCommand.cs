using System.CommandLine;
using System.Globalization;
using System.Text.Json;

namespace SyncHealth.Host.Commands;

/// <summary><c>synchealth mark</c>: a deploy or an incident on every chart. For deploy scripts.</summary>
internal static class MarkCommand
{
    public static Command Create()
    {
        var text = new Argument<string>("text") { Description = "What happened, such as 'backend 5.1'." };
        var app = new Option<string?>("--app") { Description = "The app it is about (default: all)." };
        var at = new Option<string?>("--at") { Description = "When: ISO 8601, such as 2026-11-22T08:00:00Z, or milliseconds since 1970 (default: now)." };
        var format = CommonOptions.Format();
        var server = new ServerOptions("editor or admin");
        var command = new Command("mark", "Set a marker (deploy, incident) on every chart.") { text, app, at, format };
        command.SetAction(async (parsed, stop) =>
        {
            // Made here, so that a repeat by whatever lies between sets one marker.
            var fields = new Dictionary<string, object?> { ["id"] = Guid.CreateVersion7(), ["text"] = parsed.GetValue(text), ["app"] = parsed.GetValue(app), ["at"] = parsed.GetValue(at) };
            using var client = server.Connect(parsed);
            var marker = await client.ChangeAsync(HttpMethod.Post, "api/v1/markers", fields, stop);
            Console.Out.WriteLine(parsed.GetValue(format) == "json" ? marker.GetRawText() : Describe(marker));
            return ExitCodes.Success;
        });
        return server.AddTo(command);
    }

    private static string Describe(JsonElement marker)
    {
        var app = marker.GetProperty("app").GetString();
        var at = marker.GetProperty("at").GetDateTimeOffset().ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);
        return $"Marked '{marker.GetProperty("text").GetString()}' at {at} UTC for {(app is null ? "all apps" : "app " + app)}.";
    }
}
