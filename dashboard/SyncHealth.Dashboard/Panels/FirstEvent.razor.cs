using System.Globalization;
using Microsoft.AspNetCore.Components;

namespace SyncHealth.Dashboard.Panels;

/// <summary>How to send the first event.</summary>
public sealed partial class FirstEvent(NavigationManager navigation, DashboardOptions options)
{
    [Parameter, EditorRequired]
    public DateTimeOffset Now { get; set; }

    [Parameter]
    public string App { get; set; } = "my-app";

    private string BaseAddress => navigation.BaseUri;

    private string Key => options.IsDemo ? "demo" : "YOUR_INGEST_KEY";

    /// <summary>The demo's clock is not the shell's.</summary>
    private string Timestamp => options.IsDemo ? Now.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture) : "'$(date +%s)'000";

    private string Curl => $$"""
        curl {{BaseAddress}}v1/events \
          -H 'Authorization: Bearer {{Key}}' -H 'Content-Type: application/json' \
          -d '{"resource":{"app":"{{App}}","appVersion":"1.0.0","os":"android","deviceId":"my-first-device"},
               "events":[{"timestamp":{{Timestamp}},"type":"delta","success":true,"durationMs":812}]}'
        """;

    private string CSharp => $$"""
        await using var telemetry = SyncTelemetry.Create(new SyncTelemetryOptions
        {
            Endpoint = new Uri("{{BaseAddress}}"), Key = "{{Key}}", App = "{{App}}", AppVersion = "1.0.0",
        });
        using var attempt = telemetry.StartSync(SyncType.Delta, SyncTrigger.Foreground);
        attempt.Pushed(3).Pulled(12).Succeed();
        """;
}
