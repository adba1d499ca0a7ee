using System.Runtime.InteropServices;

namespace SyncHealth.Host;

/// <summary>
/// Turns Ctrl-C and a terminate signal into cancellation, so that everything drains and Postgres stops last. A hang-up is the end of the terminal where
/// there is one; a service without one is asked by it to read its files again, which whoever has files hears (<see cref="Roles.ReloadSignal"/>).
/// </summary>
internal sealed class StopSignals : IDisposable
{
    private readonly CancellationTokenSource _source = new();
    private readonly PosixSignalRegistration[] _registrations;
    private readonly bool _hasTerminal = !Console.IsInputRedirected || !Console.IsOutputRedirected || !Console.IsErrorRedirected;

    public StopSignals()
    {
        _registrations =
        [
            PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop),
            PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop),
            PosixSignalRegistration.Create(PosixSignal.SIGHUP, Stop),
        ];
    }

    public CancellationToken Token => _source.Token;

    /// <summary>Completes when <paramref name="token"/> is cancelled: stopping is the normal end of a server, not an error.</summary>
    public static Task WaitAsync(CancellationToken token)
    {
        var stopped = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        token.Register(stopped.SetResult);
        return stopped.Task;
    }

    public void Dispose()
    {
        foreach (var registration in _registrations)
            registration.Dispose();
        _source.Dispose();
    }

    private void Stop(PosixSignalContext context)
    {
        context.Cancel = true;
        if (context.Signal != PosixSignal.SIGHUP || _hasTerminal)
            _source.Cancel();
    }
}
