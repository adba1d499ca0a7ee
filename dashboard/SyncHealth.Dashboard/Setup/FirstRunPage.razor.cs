using System.Globalization;
using Microsoft.AspNetCore.Components;
using SyncHealth.Dashboard.Access;
using SyncHealth.Dashboard.Live;
using SyncHealth.Dashboard.State;

namespace SyncHealth.Dashboard.Setup;

/// <summary>From nothing to the first event on a chart.</summary>
public sealed partial class FirstRunPage(
    PageFeed<PageState, FirstRunView> feed, ViewerPresence presence, SetupActions actions, Viewer viewer, DashboardOptions options, NavigationManager navigation)
    : LivePage<PageState, FirstRunView>(feed, presence)
{
    private const string Path = "/setup/start";
    private const string DemoKey = "demo";
    private const string NoKey = "YOUR_INGEST_KEY";

    private SetupChange? _made;
    private string? _app;

    /// <summary>Only where the shell shows answers.</summary>
    private FirstRunView View => Reading.Answer!;

    /// <summary>The key that was made here; it is in no address and in no database.</summary>
    private string? Key => options.IsDemo ? DemoKey : _made?.Secret;

    private Snippets Snippets => new(navigation.BaseUri, Key ?? NoKey, State.App ?? "my-app", Timestamp);

    /// <summary>The demo's clock is not the shell's.</summary>
    private string Timestamp => options.IsDemo ? View.Frame.Now.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture) : Snippets.ShellNow;

    protected override PageState ReadState() => new(Path, string.IsNullOrEmpty(AppName) ? null : AppName, TimeRange.Day);

    protected override void OnParametersSet()
    {
        base.OnParametersSet();
        _app ??= State.App;
    }

    private async Task StartAsync()
    {
        if (_app?.Trim() is not { Length: > 0 } app)
            return;
        if (!options.IsDemo)
        {
            _made = await actions.CreateKeyAsync(viewer, app, "first event");
            if (_made.Problem is not null)
                return;
        }

        navigation.NavigateTo(new PageAddress(Path).With("app", app).ToString());
    }
}
