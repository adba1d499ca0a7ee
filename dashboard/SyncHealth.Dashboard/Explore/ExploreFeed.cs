using System.Data.Common;
using Microsoft.Extensions.Logging;
using SyncHealth.Dashboard.Live;
using SyncHealth.Storage.Vitals;

namespace SyncHealth.Dashboard.Explore;

/// <summary>Explore, live: one poller for each distinct address, shared by everybody who looks at it.</summary>
public sealed class ExploreFeed(ExploreReader reader, DashboardOptions options, ILogger<ExploreFeed> logger) : IDisposable
{
    /// <summary>Explore asks a dozen questions where the overview asks half, and is read rather than watched: it may be slower.</summary>
    private const int SlowerThanTheOverview = 3;

    private readonly SharedPoller<ExploreState, ExploreView> _poller = new(
        async (state, cancellationToken) => ExploreView.Of(await reader.ReadAsync(state, cancellationToken), state, options),
        options.PollInterval * SlowerThanTheOverview,
        TimeProvider.System,
        error => Describe(error, logger));

    /// <summary>Addresses that somebody looks at now.</summary>
    public int Watched => _poller.Watched;

    public Reading<ExploreView> Peek(ExploreState state) => _poller.Peek(state);

    public IDisposable Subscribe(ExploreState state, Action<Reading<ExploreView>> onReading) => _poller.Subscribe(state, onReading);

    public void Retry(ExploreState state) => _poller.Retry(state);

    public void Dispose() => _poller.Dispose();

    private static string Describe(Exception error, ILogger logger)
    {
        Log.ExploreReadFailed(logger, error);
        return error switch
        {
            VitalsQueryException refused => refused.Message,
            DbException => "The database does not answer.",
            OperationCanceledException => "The database took longer than 20 s to answer. Choose a shorter range, or a dimension that is rolled up: app version, OS, network.",
            _ => "The numbers could not be read; the server's log says why.",
        };
    }
}
