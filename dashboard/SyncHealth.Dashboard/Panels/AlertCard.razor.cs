using Microsoft.AspNetCore.Components;
using SyncHealth.Dashboard.Access;
using SyncHealth.Dashboard.Alerts;
using SyncHealth.Dashboard.Health;
using SyncHealth.Dashboard.Live;
using SyncHealth.Dashboard.Wording;
using SyncHealth.Storage.Accounts;
using SyncHealth.Storage.Alerts;

namespace SyncHealth.Dashboard.Panels;

/// <summary>An active alert, and what can be done about it.</summary>
public sealed partial class AlertCard(AlertActions actions, ViewerName name, Viewer viewer)
{
    private const string NotDone = "That did not work: the database does not answer. Nothing was changed; try again in a few seconds.";

    private string? _note;

    [Parameter, EditorRequired]
    public ActiveAlert Active { get; set; } = null!;

    [Parameter, EditorRequired]
    public DateTimeOffset Now { get; set; }

    [Parameter]
    public ViewerClock Clock { get; set; } = ViewerClock.Utc;

    /// <summary>Something was changed: the page should ask again.</summary>
    [Parameter]
    public EventCallback OnChange { get; set; }

    private AlertSummary Alert => Active.Alert;

    private bool MayEdit => viewer.Is(AccountRole.Editor);

    private string Sample => Alert.Attempts > 0
        ? $"{Quantity.Of(Alert.Attempts, "attempt", "attempts")}, {Quantity.Of(Alert.Devices, "device", "devices")}"
        : Quantity.Of(Alert.Devices, "device", "devices");

    private IReadOnlyList<HeadlinePart> GoesTo => AlertPhrases.GoesTo(Alert, Active.Receivers);

    private string Muted => Alert.Muted switch
    {
        "silenced" => " · silenced: messages are held back",
        "inhibited" => " · held back: the fleet's own alert says so already",
        "flapping" => " · held back: it comes and goes, and the incident stays open",
        "off_hours" => " · held back until its mute time ends",
        _ => "",
    };

    private async Task AcknowledgeAsync()
    {
        _note = await actions.AcknowledgeAsync(Alert, viewer, name.Name, CancellationToken.None) ? null : NotDone;
        await OnChange.InvokeAsync();
    }

    private async Task SilenceAsync(TimeSpan length)
    {
        _note = await actions.SilenceAsync(Alert, length, viewer, name.Name, CancellationToken.None)
            ? $"Silenced for {Quantity.Age(length.TotalSeconds)}; it holds from the next evaluation on, and the alert stays on this page."
            : NotDone;
        await OnChange.InvokeAsync();
    }
}
