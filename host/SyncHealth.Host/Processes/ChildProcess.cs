using System.Diagnostics;

namespace SyncHealth.Host.Processes;

/// <summary>Runs other programs to their end.</summary>
internal static class ChildProcess
{
    /// <exception cref="System.ComponentModel.Win32Exception">The program is not there.</exception>
    public static async Task<ChildProcessResult> RunAsync(
        string program, IReadOnlyList<string> arguments, ChildProcessSettings settings, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = settings.WorkingDirectory ?? Path.GetPathRoot(Environment.CurrentDirectory),
        };
        if (settings.UserName is { } user)
            start.UserName = user;
        foreach (var (name, value) in settings.Environment)
            start.Environment[name] = value;

        var lines = new List<string>();
        using var process = new Process { StartInfo = start };
        process.OutputDataReceived += (_, data) => Add(data.Data);
        process.ErrorDataReceived += (_, data) => Add(data.Data);
        process.Start();
        process.StandardInput.Close();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        try
        {
            await process.WaitForExitAsync(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }

        return new ChildProcessResult(process.ExitCode, lines);

        void Add(string? line)
        {
            if (line is null)
                return;
            lock (lines)
                lines.Add(line);
            settings.OnLine?.Invoke(line);
        }
    }
}
