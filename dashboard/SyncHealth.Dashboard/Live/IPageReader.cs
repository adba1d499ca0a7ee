namespace SyncHealth.Dashboard.Live;

/// <summary>Answers what one page asks.</summary>
public interface IPageReader<in TState, TView>
    where TView : class, IPageView
{
    Task<TView> ReadAsync(TState state, CancellationToken cancellationToken);
}
