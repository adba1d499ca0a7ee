using Microsoft.AspNetCore.Components.Server.Circuits;
using SyncHealth.Dashboard.Wording;

namespace SyncHealth.Dashboard.Live;

/// <summary>Whether anybody can see this circuit's page: its tab is in front and its connection is up; and what time it is there. One per circuit.</summary>
public sealed class ViewerPresence : CircuitHandler
{
    private bool _connected = true;
    private bool _visible = true;

    /// <summary>Raised when <see cref="IsWatching"/> or <see cref="Clock"/> changed, on whatever thread noticed.</summary>
    public event Action? Changed;

    /// <summary>UTC until the browser has told its zone.</summary>
    public ViewerClock Clock { get; private set; } = ViewerClock.Utc;

    public bool IsWatching => _connected && _visible;

    /// <summary>Told by the browser when its tab goes to the back or comes to the front.</summary>
    public void SetVisible(bool visible) => Set(_connected, visible);

    public void SetClock(ViewerClock clock)
    {
        if (clock == Clock)
            return;
        Clock = clock;
        Changed?.Invoke();
    }

    public override Task OnConnectionUpAsync(Circuit circuit, CancellationToken cancellationToken)
    {
        Set(true, _visible);
        return Task.CompletedTask;
    }

    public override Task OnConnectionDownAsync(Circuit circuit, CancellationToken cancellationToken)
    {
        Set(false, _visible);
        return Task.CompletedTask;
    }

    private void Set(bool connected, bool visible)
    {
        var before = IsWatching;
        (_connected, _visible) = (connected, visible);
        if (before != IsWatching)
            Changed?.Invoke();
    }
}
