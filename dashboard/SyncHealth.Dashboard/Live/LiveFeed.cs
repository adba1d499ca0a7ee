using System.Data.Common;

namespace SyncHealth.Dashboard.Live;

/// <summary>A page, live: one poller for each distinct address, shared by everybody who looks at it.</summary>
public abstract class LiveFeed<TState, TView> : IDisposable
    where TState : notnull
    where TView : class
{
    private readonly SharedPoller<TState, TView> _poller;

    /// <param name="interval">Wall time between two reads of one address.</param>
    protected LiveFeed(TimeSpan interval) => _poller = new SharedPoller<TState, TView>(ReadAsync, interval, TimeProvider.System, Describe);

    /// <summary>Addresses that somebody looks at now.</summary>
    public int Watched => _poller.Watched;

    public Reading<TView> Peek(TState state) => _poller.Peek(state);

    public IDisposable Subscribe(TState state, Action<Reading<TView>> onReading) => _poller.Subscribe(state, onReading);

    public void Retry(TState state) => _poller.Retry(state);

    public void Dispose()
    {
        _poller.Dispose();
        GC.SuppressFinalize(this);
    }

    protected abstract Task<TView> ReadAsync(TState state, CancellationToken cancellationToken);

    /// <summary>Logs a read that failed.</summary>
    protected abstract void Report(Exception error);

    /// <summary>What failed, for people.</summary>
    protected virtual string Explain(Exception error) => error switch
    {
        DbException => "The database does not answer.",
        OperationCanceledException => "The database took longer than 20 s to answer.",
        _ => "The numbers could not be read; the server's log says why.",
    };

    private string Describe(Exception error)
    {
        Report(error);
        return Explain(error);
    }
}
