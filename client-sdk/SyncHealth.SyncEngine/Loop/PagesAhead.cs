using SyncHealth.SyncEngine.Protocol;

namespace SyncHealth.SyncEngine.Loop;

/// <summary>
/// The pages of one pull, in their order. While one is stored, the next is read and the one after it travels: a page that has arrived says where to go on, so
/// the next is asked for before this one is read. How many are on their way is bounded, and so is the memory that they take.
/// </summary>
/// <remarks>Nothing is handed to another thread: a page is read where its answer arrived. Over a network without threads all of it runs in one order.</remarks>
internal sealed class PagesAhead : IAsyncDisposable
{
    private readonly Func<string?, CancellationToken, Task<Reply<ArrivedPage>>> _fetch;
    private readonly CancellationTokenSource _stop;
    private readonly Lock _lock = new();
    private TaskCompletionSource? _waiting;
    private int _free;
    private Task<Leg>? _next;

    /// <summary>Asks for the first page.</summary>
    /// <param name="fetch">Gets the page of a token; called for one page at a time.</param>
    /// <param name="token">Where to begin; null for everything.</param>
    /// <param name="ahead">Pages beyond the one that is being stored that may be on their way; 0 where the next can only be asked for when that one is stored.</param>
    /// <param name="cancellationToken">Ends what is on its way.</param>
    public PagesAhead(Func<string?, CancellationToken, Task<Reply<ArrivedPage>>> fetch, string? token, int ahead, CancellationToken cancellationToken)
    {
        _fetch = fetch;
        _free = ahead + 1;
        _stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        _next = FetchAsync(token);
    }

    /// <summary>The next page, or why there is none; null after the last.</summary>
    public async Task<Reply<ChangesPage>?> NextAsync()
    {
        if (_next is null)
            return null;
        var leg = await _next;
        _next = leg.Following;
        return leg.Page;
    }

    /// <summary>The page that was taken last is stored: one more may be asked for.</summary>
    public void Stored()
    {
        TaskCompletionSource? waiting;
        lock (_lock)
        {
            (waiting, _waiting) = (_waiting, null);
            if (waiting is null)
                _free++;
        }

        waiting?.TrySetResult();
    }

    /// <summary>Ends what is on its way. A page that could not be stored leaves nobody behind who waits for the ones after it.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        Stored();
        for (var leg = _next; leg is not null; leg = leg.IsCompletedSuccessfully ? (await leg).Following : null)
            await ((Task)leg).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stop.Dispose();
    }

    private async Task<Leg> FetchAsync(string? token)
    {
        await TakeTurnAsync();
        _stop.Token.ThrowIfCancellationRequested();
        var reply = await _fetch(token, _stop.Token);
        if (reply.Value is not { } arrived)
            return new Leg(reply.Failure!, null);
        var following = arrived.HasMore ? FetchAsync(arrived.NextToken) : null;
        return new Leg(arrived.Read(), following);
    }

    private Task TakeTurnAsync()
    {
        lock (_lock)
        {
            if (_free > 0)
            {
                _free--;
                return Task.CompletedTask;
            }

            _waiting = new TaskCompletionSource();
            return _waiting.Task;
        }
    }

    /// <summary>A page, and the one after it on its way.</summary>
    private sealed record Leg(Reply<ChangesPage> Page, Task<Leg>? Following);
}
