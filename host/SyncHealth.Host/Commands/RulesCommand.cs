using System.CommandLine;
using System.Text.Json;
using SyncHealth.Alerting.Rules;
using SyncHealth.Alerting.Trials;
using SyncHealth.Alerting.Worker.Backtests;
using SyncHealth.Host.Configuration;
using SyncHealth.Host.Terminal;

namespace SyncHealth.Host.Commands;

/// <summary><c>synchealth rules</c>: alert rules as code. 0 when all is well, 1 when a file, a test or the server says otherwise, 64 for a wrong command line.</summary>
internal static class RulesCommand
{
    public static Command Create() => new("rules", "Check, test and backtest alert rules.") { CreateCheck(), CreateTest(), CreateBacktest() };

    private static Command CreateCheck()
    {
        var file = FileArgument("Rule file (YAML): rules, receivers, or both.");
        var command = new Command("check", "Read a rule file as the program would; every mistake with its line, key and what is allowed.") { file };
        command.SetAction(parsed => Check(parsed.GetValue(file)!));
        return command;
    }

    private static Command CreateTest()
    {
        var file = FileArgument("File of rule tests (YAML).");
        var command = new Command("test", "Feed series to rules and compare states and notices with what the file expects.") { file };
        command.SetAction((parsed, stop) => TestAsync(parsed.GetValue(file)!, stop));
        return command;
    }

    private static Command CreateBacktest()
    {
        var file = FileArgument("Rule file (YAML).");
        var since = new Option<string>("--since") { Description = "How far back, up to 30d (default 7d).", DefaultValueFactory = _ => "7d" };
        var every = new Option<string>("--every") { Description = "Time between two evaluations, whole minutes (default 5m).", DefaultValueFactory = _ => "5m" };
        var format = new Option<string>("--format") { Description = "table or json (default table).", DefaultValueFactory = _ => "table" };
        format.AcceptOnlyFromAmong("table", "json");
        var server = new ServerOptions("read");
        var command = new Command("backtest", "Show what rules would have done over the data of a running installation.") { file, since, every, format };
        command.SetAction((parsed, stop) => BacktestAsync(
            server.Connect(parsed), parsed.GetValue(file)!, parsed.GetValue(since)!, parsed.GetValue(every)!, parsed.GetValue(format)!, stop));
        return server.AddTo(command);
    }

    private static Argument<string> FileArgument(string description) => new("file") { Description = description };

    private static int Check(string file)
    {
        var reading = RuleDocumentReader.Read(Read(file));
        var problems = reading.Document is { Receivers.Count: > 0 } whole
            ? ReceiverNames.Check(whole.Rules, [.. whole.Receivers.Select(receiver => receiver.Name)])
            : reading.Problems;
        if (problems.Count > 0)
            return Refuse(file, problems);
        Console.Out.WriteLine($"{file}: {reading.Document!.Rules.Count} rules, {reading.Document.Receivers.Count} receivers, no mistakes");
        return ExitCodes.Success;
    }

    private static async Task<int> TestAsync(string file, CancellationToken cancellationToken)
    {
        var reading = TrialReader.Read(Read(file));
        if (reading.Document is not { } document)
            return Refuse(file, reading.Problems);
        var rulesFile = Path.Combine(Path.GetDirectoryName(Path.GetFullPath(file))!, document.RulesFile);
        var rules = RuleDocumentReader.Read(Read(rulesFile));
        if (rules.Document is null)
            return Refuse(rulesFile, rules.Problems);

        var failed = 0;
        foreach (var trial in document.Trials)
        {
            var failures = await new TrialRun(rules.Document.Rules, trial).RunAsync(cancellationToken);
            Console.Out.WriteLine($"{(failures.Count == 0 ? "ok  " : "FAIL")} {trial.Name}");
            foreach (var failure in failures)
                Console.Out.WriteLine($"     {failure}");
            failed += failures.Count == 0 ? 0 : 1;
        }

        Console.Out.WriteLine($"{document.Trials.Count - failed} passed, {failed} failed");
        return failed == 0 ? ExitCodes.Success : ExitCodes.Failure;
    }

    private static async Task<int> BacktestAsync(
        ServerClient server, string file, string since, string every, string format, CancellationToken cancellationToken)
    {
        using var client = server;
        foreach (var (name, text) in new[] { ("--since", since), ("--every", every) })
            if (!Duration.TryParse(text, out _))
                throw new StartupException(ExitCodes.Usage, $"{name} takes a duration such as 30d or 5m, not '{text}'.");

        var yaml = Read(file);
        if (RuleDocumentReader.Read(yaml) is { Document: null } refused)
            return Refuse(file, refused.Problems);
        var answer = await client.PostAsync($"api/v1/rules/backtest?since={Uri.EscapeDataString(since)}&every={Uri.EscapeDataString(every)}", yaml, BacktestRoutes.MediaType, cancellationToken);
        Console.Out.Write(format == "json"
            ? answer.GetRawText() + Environment.NewLine
            : BacktestTable.Render(answer.Deserialize<BacktestReport>(JsonSerializerOptions.Web)!));
        return ExitCodes.Success;
    }

    private static int Refuse(string file, IEnumerable<RuleProblem> problems)
    {
        foreach (var problem in problems)
            Console.Error.WriteLine($"{file}: {problem}");
        return ExitCodes.Failure;
    }

    private static string Read(string file)
    {
        try
        {
            return File.ReadAllText(file);
        }
        catch (Exception missing) when (missing is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new StartupException(ExitCodes.Usage, missing.Message);
        }
    }
}
