using Microsoft.AspNetCore.Components;
using SyncHealth.Dashboard.Access;
using SyncHealth.Dashboard.Wording;
using SyncHealth.Storage.Apps;

namespace SyncHealth.Dashboard.Setup;

/// <summary>What apps have of their own.</summary>
public sealed partial class AppCard(SetupActions actions, Viewer viewer)
{
    private SetupChange? _last;
    private string? _app;
    private int? _rate;
    private int? _raw;
    private int? _hours;
    private int? _days;

    [Parameter, EditorRequired]
    public IReadOnlyList<AppLine> Apps { get; set; } = [];

    /// <summary>Something was changed: the page should ask again.</summary>
    [Parameter]
    public EventCallback OnChange { get; set; }

    private static string Shown(int? limit) => limit is { } number ? Quantity.Count(number) : "–";

    private void Edit(AppSetting setting) =>
        (_app, _rate, _raw, _hours, _days) = (setting.App, setting.EventsPerSecond, setting.RawDays, setting.HourDays, setting.DayDays);

    private async Task SaveAsync()
    {
        if (_app?.Trim() is not { Length: > 0 } app)
            return;
        _last = await actions.SaveAppAsync(viewer, new AppSetting(app, _rate, _raw, _hours, _days));
        if (_last.Problem is null)
            (_app, _rate, _raw, _hours, _days) = (null, null, null, null, null);
        await OnChange.InvokeAsync();
    }
}
