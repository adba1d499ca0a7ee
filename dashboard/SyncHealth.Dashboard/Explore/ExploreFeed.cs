using Microsoft.Extensions.Logging;
using SyncHealth.Dashboard.Live;
using SyncHealth.Storage.Vitals;

namespace SyncHealth.Dashboard.Explore;

/// <summary>The feed of Explore.</summary>
public sealed class ExploreFeed(ExploreReader reader, DashboardOptions options, ILogger<ExploreFeed> logger)
    : LiveFeed<ExploreState, ExploreView>(options.PollInterval * SlowerThanTheOverview)
{
    /// <summary>Explore asks a dozen questions where the overview asks half, and is read rather than watched: it may be slower.</summary>
    private const int SlowerThanTheOverview = 3;

    protected override async Task<ExploreView> ReadAsync(ExploreState state, CancellationToken cancellationToken) =>
        ExploreView.Of(await reader.ReadAsync(state, cancellationToken), state, options);

    protected override void Report(Exception error) => Log.ExploreReadFailed(logger, error);

    protected override string Explain(Exception error) => error switch
    {
        VitalsQueryException refused => refused.Message,
        OperationCanceledException => $"{base.Explain(error)} Choose a shorter range, or a dimension that is rolled up: app version, OS, network.",
        _ => base.Explain(error),
    };
}
