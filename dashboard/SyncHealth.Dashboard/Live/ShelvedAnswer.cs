namespace SyncHealth.Dashboard.Live;

/// <summary>An answer on a <see cref="Shelf{TKey,TAnswer}"/>, and what reads it again, once that has begun.</summary>
/// <param name="readAt">Timestamp of when it was read.</param>
/// <param name="cost">How long that took.</param>
internal sealed class ShelvedAnswer<TAnswer>(TAnswer answer, long readAt, TimeSpan cost)
{
    private readonly Lock _lock = new();
    private Task<TAnswer>? _renewal;

    public TAnswer Answer => answer;

    public long ReadAt => readAt;

    public TimeSpan Cost => cost;

    /// <summary>Begins to read it again, or says what was begun before. A renewal that failed is what the next who asks is told.</summary>
    public Task<TAnswer> Renew(Func<Task<TAnswer>> read)
    {
        lock (_lock)
            return _renewal ??= read();
    }
}
