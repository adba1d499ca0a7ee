using System.Data.Common;
using Microsoft.Extensions.Logging;
using SyncHealth.Dashboard.State;

namespace SyncHealth.Dashboard.Live;

/// <summary>The overview, live: one poller for each distinct address, shared by everybody who looks at it.</summary>
public sealed class OverviewFeed(OverviewReader reader, DashboardOptions options, ILogger<OverviewFeed> logger) : IDisposable
{
    private readonly SharedPoller<OverviewState, OverviewView> _poller = new(
        async (state, cancellationToken) => OverviewView.Of(await reader.ReadAsync(state, cancellationToken), state, options),
        options.PollInterval,
        TimeProvider.System,
        error => Describe(error, logger));

    /// <summary>Addresses that somebody looks at now.</summary>
    public int Watched => _poller.Watched;

    public Reading<OverviewView> Peek(OverviewState state) => _poller.Peek(state);

    public IDisposable Subscribe(OverviewState state, Action<Reading<OverviewView>> onReading) => _poller.Subscribe(state, onReading);

    public void Retry(OverviewState state) => _poller.Retry(state);

    public void Dispose() => _poller.Dispose();

    private static string Describe(Exception error, ILogger logger)
    {
        Log.OverviewReadFailed(logger, error);
        return error switch
        {
            DbException => "The database does not answer.",
            OperationCanceledException => "The database took longer than 20 s to answer.",
            _ => "The numbers could not be read; the server's log says why.",
        };
    }
}
