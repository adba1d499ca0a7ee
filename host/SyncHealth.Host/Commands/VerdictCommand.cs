using System.CommandLine;
using System.Text;
using System.Text.Json;
using SyncHealth.Host.Terminal;

namespace SyncHealth.Host.Commands;

/// <summary><c>synchealth verdict</c>: is a release worse than its baseline? For people and for CI gates: the exit code is the answer.</summary>
internal static class VerdictCommand
{
    private const int NotWorse = 0;
    private const int Worse = 1;
    private const int Undecided = 2;
    private const int Confounded = 3;

    public static Command Create()
    {
        var app = new Option<string>("--app") { Description = "App to ask for.", Required = true };
        var release = new Option<string>("--release") { Description = "The release in question: a version (2.5.0), a build (2.5.0+101), or with --by tag a value of the promoted tag.", Required = true };
        var baseline = new Option<string?>("--baseline") { Description = "What it is held against (default: the other release with the most active devices in the same days)." };
        var by = new Option<string?>("--by") { Description = "What a release is: version, build or tag (default: build where --release holds a '+', else version)." };
        by.AcceptOnlyFromAmong("version", "build", "tag");
        var segment = new Option<string?>("--segment") { Description = "Only a part of the fleet: a comma list of dimension:value, such as os:android,network:cellular." };
        var format = CommonOptions.Format();
        var server = new ServerOptions("read");
        var command = new Command("verdict", "Say whether a release is worse than its baseline. Exit code 0: not worse, 1: worse, 2: cannot be told yet, 3: the devices differed before, 64: the question is wrong, 69: no answer.")
        {
            app, release, baseline, by, segment, format,
        };
        command.SetAction((parsed, stop) => RunAsync(
            server.Connect(parsed), Path(parsed.GetValue(app)!, parsed.GetValue(release)!, parsed.GetValue(baseline), parsed.GetValue(by), parsed.GetValue(segment)), parsed.GetValue(format)!, stop));
        return server.AddTo(command);
    }

    /// <summary>The exit code of a verdict, as the contract promises it.</summary>
    internal static int ExitCodeOf(string? verdict) => verdict switch
    {
        "not_worse" => NotWorse,
        "worse" => Worse,
        "confounded" => Confounded,
        _ => Undecided,
    };

    /// <summary>The route with its question.</summary>
    internal static string Path(string app, string release, string? baseline, string? by, string? segment)
    {
        var path = new StringBuilder($"api/v1/releases/{Uri.EscapeDataString(release)}/verdict?app={Uri.EscapeDataString(app)}");
        if (baseline is not null)
            path.Append("&baseline=").Append(Uri.EscapeDataString(baseline));
        if (by is not null)
            path.Append("&by=").Append(by);
        foreach (var filter in segment?.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? [])
            path.Append("&filter=").Append(Uri.EscapeDataString(filter));
        return path.ToString();
    }

    private static async Task<int> RunAsync(ServerClient server, string path, string format, CancellationToken cancellationToken)
    {
        using var client = server;
        var answer = await AskAsync(client, path, cancellationToken);
        Console.Out.Write(format == "json" ? answer.GetRawText() + Environment.NewLine : VerdictTable.Render(answer));
        return ExitCodeOf(answer.GetProperty("verdict").GetString());
    }

    /// <summary>A question that is refused must not end like a release that is worse.</summary>
    private static async Task<JsonElement> AskAsync(ServerClient client, string path, CancellationToken cancellationToken)
    {
        try
        {
            return await client.GetAsync(path, cancellationToken);
        }
        catch (StartupException exception) when (exception.ExitCode == ExitCodes.Failure)
        {
            throw new StartupException(ExitCodes.Usage, exception.Message, exception);
        }
    }
}
