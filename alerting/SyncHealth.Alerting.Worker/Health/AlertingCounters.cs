using SyncHealth.Storage.Alerts;

namespace SyncHealth.Alerting.Worker.Health;

/// <summary>What this process counts about its own alerting, between two times that it is stored.</summary>
internal sealed class AlertingCounters
{
    private long _rounds;
    private long _missed;
    private long _wordingFailures;
    private long _heartbeats;
    private long _heartbeatFailures;

    public void CountRound() => Interlocked.Increment(ref _rounds);

    public void CountMissed(long evaluations) => Interlocked.Add(ref _missed, evaluations);

    public void CountWordingFailure() => Interlocked.Increment(ref _wordingFailures);

    public void CountHeartbeat(bool arrived) => Interlocked.Increment(ref (arrived ? ref _heartbeats : ref _heartbeatFailures));

    /// <summary>What was counted since the last time, which begins again at zero.</summary>
    public RoundCounts Take() => new(
        Interlocked.Exchange(ref _rounds, 0), Interlocked.Exchange(ref _missed, 0), Interlocked.Exchange(ref _wordingFailures, 0),
        Interlocked.Exchange(ref _heartbeats, 0), Interlocked.Exchange(ref _heartbeatFailures, 0));

    /// <summary>Counts again what could not be stored.</summary>
    public void GiveBack(in RoundCounts counts)
    {
        Interlocked.Add(ref _rounds, counts.Rounds);
        Interlocked.Add(ref _missed, counts.Missed);
        Interlocked.Add(ref _wordingFailures, counts.WordingFailures);
        Interlocked.Add(ref _heartbeats, counts.Heartbeats);
        Interlocked.Add(ref _heartbeatFailures, counts.HeartbeatFailures);
    }
}
