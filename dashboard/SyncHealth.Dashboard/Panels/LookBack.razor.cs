using Microsoft.AspNetCore.Components;
using SyncHealth.Dashboard.State;
using SyncHealth.Dashboard.Wording;

namespace SyncHealth.Dashboard.Panels;

/// <summary>What did we know when: the overview as somebody saw it at a past moment.</summary>
public sealed partial class LookBack(NavigationManager navigation)
{
    private DateTime? _asOf;
    private string? _tooLate;
    private (DateTimeOffset? AsOf, ViewerClock Clock)? _shown;

    [Parameter, EditorRequired]
    public OverviewState State { get; set; } = null!;

    /// <summary>The moment that is shown; null while nothing is.</summary>
    [Parameter]
    public DateTimeOffset? Now { get; set; }

    [Parameter]
    public ViewerClock Clock { get; set; } = ViewerClock.Utc;

    /// <summary>What somebody types is kept while numbers come and go; another moment, or the viewer's zone, replaces it.</summary>
    protected override void OnParametersSet()
    {
        if (Now is not { } now || _shown == (State.AsOf, Clock))
            return;
        _shown = (State.AsOf, Clock);
        var local = Clock.Local(now).DateTime;
        (_asOf, _tooLate) = (local.AddTicks(-(local.Ticks % TimeSpan.TicksPerMinute)), null);
    }

    private void Go()
    {
        if (_asOf is { } local && Clock.At(local) is var at && (State.AsOf is not null || Now is null || at < Now))
            navigation.NavigateTo((State with { AsOf = at.ToUniversalTime() }).ToAddress());
        else
            _tooLate = "Choose a moment of the past.";
    }
}
