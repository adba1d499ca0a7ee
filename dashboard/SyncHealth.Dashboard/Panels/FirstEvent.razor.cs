using System.Globalization;
using Microsoft.AspNetCore.Components;
using SyncHealth.Dashboard.Setup;
using SyncHealth.Dashboard.State;

namespace SyncHealth.Dashboard.Panels;

/// <summary>How to send the first event.</summary>
public sealed partial class FirstEvent(NavigationManager navigation, DashboardOptions options)
{
    [Parameter, EditorRequired]
    public DateTimeOffset Now { get; set; }

    [Parameter]
    public string App { get; set; } = "my-app";

    /// <summary>The demo's clock is not the shell's.</summary>
    private string Timestamp => options.IsDemo ? Now.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture) : Snippets.ShellNow;

    private Snippets Snippets => new(navigation.BaseUri, options.IsDemo ? "demo" : "YOUR_INGEST_KEY", App, Timestamp);

    private string Start => new PageAddress("/setup/start").With("app", App).ToString();
}
