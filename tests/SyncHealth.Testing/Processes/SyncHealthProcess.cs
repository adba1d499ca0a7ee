using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;

namespace SyncHealth.Testing.Processes;

/// <summary>The real program, as a person starts it: its own process, its own data folder, its own port.</summary>
public sealed partial class SyncHealthProcess : IAsyncDisposable
{
    private const int Interrupt = 2;

    /// <summary>SIGSTOP and SIGCONT, as Linux numbers them: https://man7.org/linux/man-pages/man7/signal.7.html.</summary>
    private const int Stop = 19;
    private const int Continue = 18;

    /// <summary>What <c>signal(2)</c> calls SIG_DFL.</summary>
    private const nint DefaultAction = 0;

    /// <summary>How long a start, a run or a stop may take before the test gives up, in real time. Generous: test machines are shared.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(4);

    private readonly Process _process;
    private readonly List<string> _lines = [];
    private readonly TaskCompletionSource _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _outputEnded = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>A shell that starts a run in the background makes it deaf to Ctrl-C, and its children with it: those started here must hear it.</summary>
    static SyncHealthProcess()
    {
        if (IgnoresInterrupt())
            _ = SetAction(Interrupt, DefaultAction);
    }

    private SyncHealthProcess(ProcessStartInfo start, int port)
    {
        Port = port;
        Http = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}/") };
        _process = new Process { StartInfo = start };
        _process.OutputDataReceived += (_, data) => Take(data.Data);
        _process.ErrorDataReceived += (_, data) => Take(data.Data, isOutput: false);
    }

    /// <summary>The program as it was built with these tests.</summary>
    public static string Program
    {
        get
        {
            var here = new DirectoryInfo(AppContext.BaseDirectory);
            return Path.Combine(here.Parent!.Parent!.FullName, "SyncHealth.Host", here.Name, "synchealth");
        }
    }

    public int Port { get; }

    public HttpClient Http { get; }

    public int Id => _process.Id;

    /// <summary>Everything it printed so far, both streams.</summary>
    public IReadOnlyList<string> Lines
    {
        get
        {
            lock (_lines)
                return [.. _lines];
        }
    }

    /// <summary>Starts <c>synchealth</c> with these arguments; <c>{port}</c> and <c>{data}</c> stand for its own.</summary>
    public static SyncHealthProcess Start(string dataFolder, params string[] arguments) => Start(dataFolder, new ProcessSettings(), arguments);

    /// <summary>The same with settings of the process.</summary>
    public static SyncHealthProcess Start(string dataFolder, ProcessSettings settings, params string[] arguments)
    {
        var port = settings.Port ?? LoopbackPort.Free();
        var start = new ProcessStartInfo(Program)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
            WorkingDirectory = Path.GetTempPath(),
        };
        foreach (var argument in arguments)
            start.ArgumentList.Add(argument.Replace("{port}", $"{port}", StringComparison.Ordinal).Replace("{data}", dataFolder, StringComparison.Ordinal));
        foreach (var (name, value) in settings.Environment)
            start.Environment[name] = value;
        var process = new SyncHealthProcess(start, port);
        process._process.Start();
        process._process.BeginOutputReadLine();
        process._process.BeginErrorReadLine();
        return process;
    }

    /// <summary>Waits for the line that says it is ready.</summary>
    public async Task WaitUntilReadyAsync()
    {
        var ended = _process.WaitForExitAsync();
        var first = await Task.WhenAny(_ready.Task, ended).WaitAsync(Patience);
        if (first == ended)
            throw new InvalidOperationException($"It ended with {_process.ExitCode}:{Environment.NewLine}{string.Join(Environment.NewLine, Lines)}");
    }

    /// <summary>Presses Ctrl-C.</summary>
    /// <exception cref="InvalidOperationException">The process is gone.</exception>
    public void PressCtrlC() => Signal(Interrupt);

    /// <summary>Takes the processor from it, as a hypervisor that moves it or a machine out of memory does. Its sockets stay open.</summary>
    /// <exception cref="InvalidOperationException">The process is gone.</exception>
    public void Freeze() => Signal(Stop);

    /// <summary>Lets it go on where it was.</summary>
    /// <exception cref="InvalidOperationException">The process is gone.</exception>
    public void Thaw() => Signal(Continue);

    /// <summary>Kills it the hard way, as an out-of-memory killer would.</summary>
    public void KillHard() => _process.Kill();

    /// <summary>Waits for its end and all of its output; returns the exit code.</summary>
    public async Task<int> WaitForExitAsync()
    {
        await _process.WaitForExitAsync().WaitAsync(Patience);
        await _outputEnded.Task.WaitAsync(Patience);
        return _process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            PressCtrlC();
            await WaitForExitAsync();
        }

        Http.Dispose();
        _process.Dispose();
    }

    /// <summary>Bits of the signals that a process ignores, from the lowest: https://man7.org/linux/man-pages/man5/proc_pid_status.5.html.</summary>
    private static bool IgnoresInterrupt()
    {
        const string Field = "SigIgn:";
        var line = File.ReadLines("/proc/self/status").First(line => line.StartsWith(Field, StringComparison.Ordinal));
        return (ulong.Parse(line.AsSpan(Field.Length), NumberStyles.AllowHexSpecifier | NumberStyles.AllowLeadingWhite, CultureInfo.InvariantCulture) & (1UL << (Interrupt - 1))) != 0;
    }

    private void Signal(int signal)
    {
        if (Kill(_process.Id, signal) != 0)
            throw new InvalidOperationException($"Signal {signal} does not reach process {_process.Id}: error {Marshal.GetLastPInvokeError()}.");
    }

    [LibraryImport("libc", EntryPoint = "signal")]
    private static partial nint SetAction(int signal, nint action);

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static partial int Kill(int process, int signal);

    private void Take(string? line, bool isOutput = true)
    {
        if (line is null)
        {
            if (isOutput)
                _outputEnded.TrySetResult();
            return;
        }

        lock (_lines)
            _lines.Add(line);
        if (line.Contains("SyncHealth is ready", StringComparison.Ordinal))
            _ready.TrySetResult();
    }
}
