using System.Data.Common;
using Microsoft.Extensions.Logging;

namespace SyncHealth.Dashboard.Live;

/// <summary>A page, live: one poller for each distinct address, shared by everybody who looks at it.</summary>
public sealed class PageFeed<TState, TView>(IPageReader<TState, TView> reader, DashboardOptions options, ILogger<PageFeed<TState, TView>> logger) : IDisposable
    where TState : notnull
    where TView : class, IPageView
{
    private readonly SharedPoller<TState, TView> _poller = new(reader.ReadAsync, options.PollInterval, TimeProvider.System, error => Describe(error, logger));

    /// <summary>Addresses that somebody looks at now.</summary>
    public int Watched => _poller.Watched;

    public Reading<TView> Peek(TState state) => _poller.Peek(state);

    public IDisposable Subscribe(TState state, Action<Reading<TView>> onReading) => _poller.Subscribe(state, onReading);

    public void Retry(TState state) => _poller.Retry(state);

    public void Dispose() => _poller.Dispose();

    private static string Describe(Exception error, ILogger logger)
    {
        Log.PageReadFailed(logger, typeof(TView).Name, error);
        return error switch
        {
            DbException => "The database does not answer.",
            OperationCanceledException => "The database took longer than 20 s to answer.",
            _ => "The page could not be read; the server's log says why.",
        };
    }
}
