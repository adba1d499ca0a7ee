using System.CommandLine;
using SyncHealth.Host.Commands;

namespace SyncHealth.Host;

/// <summary>The command line: every command, and how failures end the program.</summary>
internal static class CommandLine
{
    public static async Task<int> RunAsync(string[] args)
    {
        var root = new RootCommand("SyncHealth shows how offline-first sync is doing across a fleet of devices.")
        {
            DemoCommand.Create(),
            UpCommand.Create(),
            TestCommand.Create(),
            BenchCommand.Create(),
            FleetCommand.Create(),
            EngineCommand.Create(),
            ReceiversCommand.Create(),
            VitalsCommand.Create(),
            VerdictCommand.Create(),
            MarkCommand.Create(),
            KeysCommand.Create(),
            AppsCommand.Create(),
            DevicesCommand.Create(),
            UsersCommand.Create(),
            DoctorCommand.Create(),
            RulesCommand.Create(),
            MigrateCommand.Create(),
        };

        var parsed = root.Parse(args is ["help", .. var rest] ? [.. rest, "--help"] : args);
        if (parsed.Errors.Count > 0)
        {
            await Console.Error.WriteLineAsync($"synchealth: {string.Join(' ', parsed.Errors[0].Message.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))} Try: ./synchealth help");
            return ExitCodes.Usage;
        }

        using var stop = new StopSignals();
        try
        {
            // Commands stop by our own signals: the library's handler would end the process before Postgres has stopped.
            return await parsed.InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = null, EnableDefaultExceptionHandler = false }, stop.Token);
        }
        catch (StartupException exception)
        {
            await Console.Error.WriteLineAsync("synchealth: " + exception.Message);
            return exception.ExitCode;
        }
        catch (OperationCanceledException) when (stop.Token.IsCancellationRequested)
        {
            return ExitCodes.Success;
        }
        catch (Exception exception)
        {
            await Console.Error.WriteLineAsync($"synchealth: something went wrong that should not have. Please report it with this text:{Environment.NewLine}{exception}");
            return ExitCodes.Failure;
        }
    }
}
