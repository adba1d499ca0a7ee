using SyncHealth.Contracts;

namespace SyncHealth.Storage.Writes;

/// <summary>Counts of attempts by how they ended: the columns <c>attempts</c> to <c>conflicted</c> that rollups and device rows share.</summary>
internal struct AttemptTally
{
    /// <summary>Columns that <see cref="Encode"/> writes.</summary>
    public const short Columns = 10;

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
        _over60s += Ending.IsSlow(source) ? 1 : 0;
        _conflicted += source.ConflictCount > 0 ? 1 : 0;
        _successes += source.IsSuccess ? 1 : 0;
        _partials += source.Outcome == SyncOutcome.Partial ? 1 : 0;
        _cancelled += source.Outcome == SyncOutcome.Cancelled ? 1 : 0;
        _firstTry += Ending.IsFirstTry(source) ? 1 : 0;
        var blame = Ending.BlameOf(source);
        _offlineFailures += blame == Blame.Offline ? 1 : 0;
        _serverFailures += blame == Blame.Server ? 1 : 0;
        _appFailures += blame == Blame.App ? 1 : 0;
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
}
