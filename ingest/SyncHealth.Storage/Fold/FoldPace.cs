namespace SyncHealth.Storage.Fold;

/// <summary>
/// Lets a fold rest between its statements, inside its transaction too, so that it takes a share of one processor and no more: commits, which somebody waits
/// for, come first. Statements are short for that reason; a fold that worked for two seconds on end and then rested would keep commits waiting for as long.
/// </summary>
/// <remarks>
/// A fold that does not keep up rests less and less, and at last not at all: every reader adds up what waits.
/// In service on the real clock: what is shared out is the machine's time.
/// </remarks>
internal sealed class FoldPace
{
    /// <summary>Rest after a statement, as a multiple of the time it took: a third of one processor at most goes into folding.</summary>
    private const int FullRest = 2;

    /// <summary>Folds in a row that left increments waiting, after which the multiple is one less.</summary>
    private const int Patience = 5;

    /// <summary>The longest single rest: a fold holds its lock meanwhile.</summary>
    private static readonly TimeSpan MaxRest = TimeSpan.FromSeconds(1);

    /// <summary>All rests of one fold together: others wait for its lock, snapshots for twenty seconds at most.</summary>
    private static readonly TimeSpan MaxRestOfAFold = TimeSpan.FromSeconds(10);

    private readonly TimeProvider? _clock;
    private TimeSpan _rested;
    private long _since;
    private int _behind;

    private FoldPace(TimeProvider? clock) => _clock = clock;

    /// <summary>Never rests: for who waits for the fold itself.</summary>
    public static FoldPace None { get; } = new(clock: null);

    /// <summary>Rest after a statement as a multiple of the time it took, at present.</summary>
    public int Factor => _clock is null ? 0 : Math.Max(0, FullRest - (_behind / Patience));

    /// <summary>For a loop that folds for ever.</summary>
    /// <param name="clock">The real one.</param>
    public static FoldPace Resting(TimeProvider clock) => new(clock);

    /// <summary>A fold has ended.</summary>
    /// <param name="hasLeftSome">It took as much as it may, so that more waits.</param>
    public void Folded(bool hasLeftSome)
    {
        if (_clock is not null)
            (_behind, _rested) = (hasLeftSome ? _behind + 1 : 0, TimeSpan.Zero);
    }

    /// <summary>Work begins: what passed since the last statement was no work.</summary>
    public void Begin() => _since = _clock?.GetTimestamp() ?? 0;

    /// <summary>A statement has ended.</summary>
    public async Task RestAsync(CancellationToken cancellationToken)
    {
        if (_clock is null)
            return;
        var rest = RestAfter(_clock.GetElapsedTime(_since));
        if (rest > TimeSpan.Zero)
            await Task.Delay(rest, _clock, cancellationToken);
        _rested += rest;
        Begin();
    }

    private TimeSpan RestAfter(TimeSpan work) => TimeSpan.FromTicks(Math.Min((work * Factor).Ticks, Math.Min(MaxRest.Ticks, (MaxRestOfAFold - _rested).Ticks)));
}
