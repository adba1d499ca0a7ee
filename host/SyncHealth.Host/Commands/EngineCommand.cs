using System.CommandLine;
using System.Globalization;
using SyncHealth.Host.Terminal;
using SyncHealth.SyncEngine.Conflicts.Text.Traces;

namespace SyncHealth.Host.Commands;

/// <summary><c>synchealth engine trace</c>: replays recorded editing sessions through the engine's text CRDT.</summary>
internal static class EngineCommand
{
    /// <summary>Work that takes longer than this says how far it is.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    public static Command Create()
    {
        var files = new Argument<string[]>("FILE")
        {
            Description = "Editing traces, sequential or concurrent: JSON, or JSON compressed as .gz or .br.",
            Arity = ArgumentArity.OneOrMore,
        };
        files.Validators.Add(result =>
        {
            if (result.Tokens.FirstOrDefault(token => token.Value.StartsWith('-')) is { } option)
                result.AddError($"engine trace has no option '{option.Value}'; a file of that name is ./{option.Value}.");
        });
        var trace = new Command("trace", "Replay editing traces, one replica an agent, and compare the end with theirs.") { files };
        trace.SetAction((parsed, stop) => Task.FromResult(Run(parsed.GetValue(files)!, Console.Out, Console.Error, TimeProvider.System, stop)));
        return new Command("engine", "Try the reference sync engine by itself.") { trace };
    }

    /// <summary>Replays every file; failure when one cannot be read or ends in another text.</summary>
    public static int Run(string[] files, TextWriter output, TextWriter notes, TimeProvider time, CancellationToken cancellationToken)
    {
        var table = new TextTable(["file", "edits", "edits/s", "bytes/edit", "result"], leftAligned: 1);
        var isGood = true;
        foreach (var file in files)
        {
            if (Replay(file, notes, time, cancellationToken) is not { } outcome)
            {
                isGood = false;
                continue;
            }

            isGood &= outcome.IsMatch;
            table.Add([
                Path.GetFileName(file), Number(outcome.Edits, "0"), Number(outcome.Edits / Math.Max(outcome.Elapsed.TotalSeconds, 1e-6), "0"),
                Number((double)outcome.Bytes / Math.Max(outcome.Edits, 1), "0.00"), outcome.IsMatch ? "match" : "mismatch",
            ]);
        }

        if (table.Rows > 0)
            output.Write(table);
        return isGood ? ExitCodes.Success : ExitCodes.Failure;
    }

    private static TraceOutcome? Replay(string file, TextWriter notes, TimeProvider time, CancellationToken cancellationToken)
    {
        try
        {
            var trace = TraceFile.Read(file);
            var told = time.GetTimestamp();
            return new TraceReplay(trace).Run(time, done =>
            {
                if (time.GetElapsedTime(told) < Patience)
                    return;
                told = time.GetTimestamp();
                notes.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{Path.GetFileName(file)}: {done} of {trace.Transactions.Count} transactions …"));
            }, cancellationToken);
        }
        catch (Exception exception) when (exception is InvalidDataException or IOException or UnauthorizedAccessException)
        {
            notes.WriteLine($"synchealth: cannot replay {file}: {exception.Message}");
            return null;
        }
    }

    private static string Number(double value, string format) => value.ToString(format, CultureInfo.InvariantCulture);
}
