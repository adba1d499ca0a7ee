using System.Collections.Concurrent;

namespace SyncHealth.Dashboard.Live;

/// <summary>
/// Keeps dear answers a while: a page is read every few seconds, and in a large fleet some of what it asks takes a second. An answer that is older than a multiple of what
/// it cost is read again behind the page, which shows it once more meanwhile. So each question takes a twentieth of one processor at most, however many look, and only
/// the first who asks waits. Where a read is cheap, as in every small fleet, everybody waits for it and sees what is.
/// </summary>
/// <param name="pace">Measures what a read costs a real database: the wall clock, not the shared one.</param>
public sealed class Shelf<TKey, TAnswer>(TimeProvider pace)
    where TKey : notnull
{
    private const int CostsPerTurn = 20;

    /// <summary>Answers kept: more than are looked at at once.</summary>
    private const int MostKept = 256;

    /// <summary>What costs less is waited for: nobody notices, and an answer that is shown once more would only be an old one.</summary>
    private static readonly TimeSpan Cheap = TimeSpan.FromMilliseconds(100);

    /// <summary>So long an answer is shown beyond its turn. What is older would pass for live, so whoever comes back to it waits.</summary>
    private static readonly TimeSpan MaxShown = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<TKey, ShelvedAnswer<TAnswer>> _kept = new();

    /// <summary>The answer that is kept, or what <paramref name="read"/> says.</summary>
    public async Task<TAnswer> ReadAsync(TKey key, Func<CancellationToken, Task<TAnswer>> read, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(read);
        if (!_kept.TryGetValue(key, out var kept))
            return await PlaceAsync(key, read, cancellationToken);
        var beyond = pace.GetElapsedTime(kept.ReadAt) - (kept.Cost * CostsPerTurn);
        if (beyond < TimeSpan.Zero)
            return kept.Answer;
        if (beyond >= MaxShown)
            return await PlaceAsync(key, read, cancellationToken);
        // Nobody who looks now may stop what the next one will see.
        var renewal = kept.Renew(() => PlaceAsync(key, read, CancellationToken.None));
        if (!renewal.IsCompleted && kept.Cost >= Cheap)
            return kept.Answer;
        try
        {
            return await renewal.WaitAsync(cancellationToken);
        }
        finally
        {
            _kept.TryRemove(KeyValuePair.Create(key, kept));
        }
    }

    private async Task<TAnswer> PlaceAsync(TKey key, Func<CancellationToken, Task<TAnswer>> read, CancellationToken cancellationToken)
    {
        var started = pace.GetTimestamp();
        var answer = await read(cancellationToken);
        if (_kept.Count >= MostKept)
            _kept.Clear();
        _kept[key] = new ShelvedAnswer<TAnswer>(answer, pace.GetTimestamp(), pace.GetElapsedTime(started));
        return answer;
    }
}
