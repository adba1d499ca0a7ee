using Microsoft.Extensions.Logging;

namespace SyncHealth.Alerting.Worker.Configuration;

/// <summary>
/// The rules and receivers in force. Their files are read again when they have changed, and when somebody asks for it; what they hold is taken whole
/// or not at all, and until it can be used, what was in force before stays so.
/// </summary>
public sealed class SetupInForce
{
    private readonly AlertingOptions _options;
    private readonly ILogger<SetupInForce> _log;
    private TaskCompletionSource _replaced = NewSignal();
    private volatile AlertingSetup _current;
    private SetupFiles _read;
    private SetupFiles _seen;
    private volatile bool _isAsked;

    /// <param name="options">Which files.</param>
    /// <param name="files">The files as they were when <paramref name="setup"/> was read from them.</param>
    /// <param name="setup">What they held.</param>
    /// <param name="log">Hears of each reading.</param>
    internal SetupInForce(AlertingOptions options, SetupFiles files, AlertingSetup setup, ILogger<SetupInForce> log) =>
        (_options, _read, _seen, _current, _log) = (options, files, files, setup, log);

    /// <summary>What holds now.</summary>
    public AlertingSetup Current => _current;

    /// <summary>Why the files as they stand are not in force; null when they are.</summary>
    public string? Problem { get; private set; }

    /// <summary>Completes when <see cref="Current"/> is replaced.</summary>
    internal Task Replaced => Volatile.Read(ref _replaced).Task;

    /// <summary>Lets the next <see cref="Refresh"/> read the files whether or not they have changed: a secret that they name may have.</summary>
    public void Ask() => _isAsked = true;

    /// <summary>
    /// Reads the files where they have changed since they were read, and have not since the last look: an editor that writes in pieces is not believed
    /// half-way. Never throws. Only the loop that evaluates may call it, between two rounds, so that a round is of one piece.
    /// </summary>
    /// <returns>Whether something else is in force now.</returns>
    internal bool Refresh()
    {
        var files = SetupFiles.Read(_options);
        var isStill = files == _seen;
        _seen = files;
        if (!_isAsked && (!isStill || files == _read))
            return false;
        _isAsked = false;
        _read = files;
        try
        {
            _current = AlertingSetup.Load(_options);
        }
        catch (AlertingConfigurationException refused)
        {
            Problem = refused.Message;
            Log.SetupRefused(_log, refused.Message);
            return false;
        }

        Problem = null;
        Log.SetupReplaced(_log, _current.Rules.Count, _current.Receivers.Count);
        Interlocked.Exchange(ref _replaced, NewSignal()).SetResult();
        return true;
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
