namespace SyncHealth.Client.Diagnostics;

/// <summary>Tells the host what needs its attention, each thing once.</summary>
internal sealed class Announcer(Action<SyncNotice>? tell)
{
    private readonly object _gate = new();
    private readonly HashSet<string> _told = new(StringComparer.Ordinal);

    /// <summary>What the host's own callback threw, if it did.</summary>
    internal string? CallbackProblem { get; private set; }

    internal void Announce(string code, string message)
    {
        lock (_gate)
            if (tell is null || !_told.Add(code))
                return;
        try
        {
            tell(new SyncNotice(code, message));
        }
#pragma warning disable CA1031 // Whatever the host's code throws, telemetry goes on.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            CallbackProblem = exception.Message;
        }
    }

    /// <summary>The thing is over: if it comes back, the host is told again.</summary>
    internal void Over(string code)
    {
        lock (_gate)
            _told.Remove(code);
    }
}
