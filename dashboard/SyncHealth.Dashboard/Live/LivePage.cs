using Microsoft.AspNetCore.Components;

namespace SyncHealth.Dashboard.Live;

/// <summary>A page whose address is its state: it follows the feed of that address while somebody can see it.</summary>
public abstract class LivePage<TState, TView>(LiveFeed<TState, TView> feed, ViewerPresence presence) : ComponentBase, IDisposable
    where TState : class
    where TView : class
{
    private IDisposable? _subscription;
    private TState? _subscribed;
    private bool _disposed;

    [SupplyParameterFromQuery(Name = "app")]
    public string? AppName { get; set; }

    [SupplyParameterFromQuery(Name = "range")]
    public string? RangeCode { get; set; }

    /// <summary>What the address says.</summary>
    protected TState State { get; private set; } = null!;

    /// <summary>The last answer; that of the address before while <see cref="Pending"/>.</summary>
    protected Reading<TView> Reading { get; private set; } = Reading<TView>.None;

    /// <summary>Whether the shown answer is still that of the address before.</summary>
    protected bool Pending { get; private set; }

    protected ViewerPresence Presence => presence;

    public void Dispose()
    {
        _disposed = true;
        presence.Changed -= OnPresenceChanged;
        _subscription?.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>Reads the address.</summary>
    protected abstract TState ReadState();

    protected void Retry() => feed.Retry(State);

    protected override void OnInitialized() => presence.Changed += OnPresenceChanged;

    protected override void OnParametersSet()
    {
        State = ReadState();
        var known = feed.Peek(State);
        // The old answer stays, dimmed, until the new one comes: a skeleton would take the page away under the reader.
        Pending = known == Reading<TView>.None && Reading.Answer is not null;
        if (!Pending)
            Reading = known;
        Follow();
    }

    /// <summary>A page that is only prerendered, or that nobody can see, asks nothing.</summary>
    private void Follow()
    {
        var wanted = RendererInfo.IsInteractive && presence.IsWatching && !_disposed ? State : null;
        if (Equals(wanted, _subscribed))
            return;
        _subscription?.Dispose();
        _subscribed = wanted;
        _subscription = wanted is null ? null : feed.Subscribe(wanted, reading => InvokeAsync(() => Show(wanted, reading)));
    }

    private void Show(TState asked, Reading<TView> reading)
    {
        if (_disposed || !Equals(asked, State))
            return;
        Reading = reading;
        Pending = false;
        StateHasChanged();
    }

    private void OnPresenceChanged() => InvokeAsync(() =>
    {
        Follow();
        StateHasChanged();
    });
}
