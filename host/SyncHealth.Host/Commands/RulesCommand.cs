using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using SyncHealth.Alerting.Routing;
using SyncHealth.Alerting.Rules;
using SyncHealth.Alerting.Trials;
using SyncHealth.Alerting.Worker.Backtests;
using SyncHealth.Host.Configuration;
using SyncHealth.Host.Terminal;

namespace SyncHealth.Host.Commands;

/// <summary><c>synchealth rules</c>: alert rules as code. 0 when all is well, 1 when a file, a test or the server says otherwise, 64 for a wrong command line.</summary>
internal static class RulesCommand
{
    public static Command Create() => new("rules", "Check, test, route and backtest alert rules.") { CreateCheck(), CreateTest(), CreateRoute(), CreateBacktest() };

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

    private static Command CreateRoute()
    {
        var file = FileArgument("File with routes (YAML).");
        var labels = new Argument<string[]>("labels") { Description = "Labels of the alert, as app=notes severity=critical; rule=NAME takes those of a rule of the file along." };
        var at = new Option<string?>("--at") { Description = "Moment for mute times, as 2026-11-22T23:00Z (default now)." };
        var command = new Command("route", "Show where an alert would go, and what would hold it back.") { file, labels, at };
        command.SetAction(parsed => Route(parsed.GetValue(file)!, parsed.GetValue(labels)!, parsed.GetValue(at)));
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
            ? ReceiverNames.Check(whole.Rules, whole.Routes, [.. whole.Receivers.Select(receiver => receiver.Name)], whole.Digests)
            : reading.Problems;
        if (problems.Count > 0)
            return Refuse(file, problems);
        Console.Out.WriteLine($"{file}: {reading.Document!.Rules.Count} rules, {reading.Document.Routes.Count} routes, {reading.Document.Receivers.Count} receivers, no mistakes");
        return ExitCodes.Success;
    }

    private static int Route(string file, IReadOnlyList<string> labels, string? at)
    {
        var moment = TimeProvider.System.GetUtcNow();
        if (at is not null && !DateTimeOffset.TryParse(at, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out moment))
            throw new StartupException(ExitCodes.Usage, $"--at takes a time such as 2026-11-22T23:00Z, not '{at}'.");
        if (labels.FirstOrDefault(label => label.IndexOf('=', StringComparison.Ordinal) < 1) is { } wrong)
            throw new StartupException(ExitCodes.Usage, $"'{wrong}' is no label. Write NAME=VALUE.");
        var reading = RuleDocumentReader.Read(Read(file));
        if (reading.Document is not { } document)
            return Refuse(file, reading.Problems);
        var given = labels.Select(label => label.Split('=', 2)).GroupBy(pair => pair[0]).ToDictionary(pair => pair.Key, pair => pair.Last()[1]);
        var name = given.GetValueOrDefault(AlertLabels.Rule);
        var rule = document.Rules.FirstOrDefault(candidate => candidate.Name == name);
        if (name is not null && rule is null && document.Rules.Count > 0)
            throw new StartupException(ExitCodes.Usage, $"{file} has no rule '{name}'. It has {string.Join(", ", document.Rules.Select(known => known.Name))}.");
        foreach (var (label, value) in rule is null ? new Dictionary<string, string>() : AlertLabels.Of(rule))
            given.TryAdd(label, value);
        Console.Out.Write(RouteText.Of(document.Tree, given, rule?.Notify ?? [], moment));
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
            var failures = await new TrialRun(rules.Document.Rules, trial, rules.Document.Tree).RunAsync(cancellationToken);
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
