using Microsoft.Extensions.Logging;
using SyncHealth.Dashboard.State;

namespace SyncHealth.Dashboard.Live;

/// <summary>The feed of the overview.</summary>
public sealed class OverviewFeed(OverviewReader reader, DashboardOptions options, ILogger<OverviewFeed> logger)
    : LiveFeed<OverviewState, OverviewView>(options.PollInterval)
{
    protected override async Task<OverviewView> ReadAsync(OverviewState state, CancellationToken cancellationToken) =>
        OverviewView.Of(await reader.ReadAsync(state, cancellationToken), state, options);

    protected override void Report(Exception error) => Log.OverviewReadFailed(logger, error);
}
