using SyncHealth.Storage.Alerts;

namespace SyncHealth.Alerting.Worker.Health;

/// <summary>Keeps the record of rounds: which were completed, and which were due and did not happen.</summary>
internal sealed class RoundWatch(AlertHealthStore store, AlertingCounters counters, AlertingOptions options)
{
    private DateTimeOffset? _begunAt;

    /// <summary>A round begins at <paramref name="now"/> of the shared clock; those that were due since the last one and did not begin are missed.</summary>
    public void Begin(DateTimeOffset now)
    {
        // A tick that comes a little late is no missed one: half an interval of grace.
        if (_begunAt is { } last)
            counters.CountMissed(Math.Max(0, (long)Math.Floor((now - last) / options.Interval + 0.5) - 1));
        _begunAt = now;
    }

    /// <summary>The round was completed.</summary>
    public Task CompleteAsync(CancellationToken cancellationToken)
    {
        counters.CountRound();
        return StoreAsync(cancellationToken);
    }

    /// <summary>The round failed as a whole.</summary>
    public void Fail() => counters.CountMissed(1);

    private async Task StoreAsync(CancellationToken cancellationToken)
    {
        var counts = counters.Take();
        try
        {
            await store.RecordAsync(counts, options.DeliveryClock.GetUtcNow(), cancellationToken);
        }
        catch
        {
            counters.GiveBack(counts);
            throw;
        }
    }
}
