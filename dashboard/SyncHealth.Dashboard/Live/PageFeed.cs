using Microsoft.Extensions.Logging;

namespace SyncHealth.Dashboard.Live;

/// <summary>The feed of a page that has a reader of its own.</summary>
public sealed class PageFeed<TState, TView>(IPageReader<TState, TView> reader, DashboardOptions options, ILogger<PageFeed<TState, TView>> logger)
    : LiveFeed<TState, TView>(options.PollInterval)
    where TState : notnull
    where TView : class, IPageView
{
    protected override Task<TView> ReadAsync(TState state, CancellationToken cancellationToken) => reader.ReadAsync(state, cancellationToken);

    protected override void Report(Exception error) => Log.PageReadFailed(logger, typeof(TView).Name, error);
}
