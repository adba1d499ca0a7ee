using SyncHealth.Contracts;

namespace SyncHealth.Storage.Writes;

/// <summary>Counts of attempts by how they ended: the columns <c>attempts</c> to <c>conflicted</c> that rollups and device rows share.</summary>
internal struct AttemptTally
{
    /// <summary>Columns that <see cref="Encode"/> writes.</summary>
    public const short Columns = 10;

    /// <summary>A sync that takes longer than this has lost its user's patience; the article's threshold.</summary>
    private const int SlowMs = 60_000;

    private int _attempts;
    private int _successes;
    private int _partials;
    private int _cancelled;
    private int _firstTry;
    private int _offlineFailures;
    private int _serverFailures;
    private int _appFailures;
    private int _over60s;
    private int _conflicted;

    public void Add(in EventRow source)
    {
        _attempts++;
        _over60s += source.DurationMs > SlowMs ? 1 : 0;
        _conflicted += source.ConflictCount > 0 ? 1 : 0;
        if (source.IsSuccess)
        {
            _successes++;
            _partials += source.Outcome == SyncOutcome.Partial ? 1 : 0;
            _firstTry += source.Retries == 0 ? 1 : 0;
        }
        else if (source.Outcome == SyncOutcome.Cancelled)
        {
            _cancelled++;
            _appFailures++;
        }
        else
        {
            CountFailure(source.ErrorKind);
        }
    }

    /// <summary>Columns in the order of the tables.</summary>
    public readonly void Encode(CopyBuffer buffer)
    {
        buffer.Write(_attempts);
        buffer.Write(_successes);
        buffer.Write(_partials);
        buffer.Write(_cancelled);
        buffer.Write(_firstTry);
        buffer.Write(_offlineFailures);
        buffer.Write(_serverFailures);
        buffer.Write(_appFailures);
        buffer.Write(_over60s);
        buffer.Write(_conflicted);
    }

    /// <summary>Who is to blame: the client's network, the server, or the app.</summary>
    private void CountFailure(SyncErrorKind kind)
    {
        if (kind == SyncErrorKind.Offline)
            _offlineFailures++;
        else if (kind is SyncErrorKind.Timeout or SyncErrorKind.Server or SyncErrorKind.Auth or SyncErrorKind.Denied)
            _serverFailures++;
        else
            _appFailures++;
    }
}
