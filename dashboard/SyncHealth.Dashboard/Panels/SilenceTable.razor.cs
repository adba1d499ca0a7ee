using Microsoft.AspNetCore.Components;
using SyncHealth.Dashboard.Access;
using SyncHealth.Dashboard.Alerts;
using SyncHealth.Dashboard.Live;
using SyncHealth.Dashboard.Wording;
using SyncHealth.Storage.Accounts;
using SyncHealth.Storage.Alerts;

namespace SyncHealth.Dashboard.Panels;

/// <summary>What is silenced, by whom, why and until when; and a new silence, which is seen before it holds.</summary>
public sealed partial class SilenceTable(AlertActions actions, ViewerName name, Viewer viewer)
{
    /// <summary>Characters of all conditions together: twenty at their longest would be more than a person reads.</summary>
    private const int MaxConditions = 2_000;

    /// <summary>Characters; the table holds as many.</summary>
    private const int MaxReason = 500;

    /// <summary>Alerts of a preview by name; the others are counted.</summary>
    private const int MostShown = 20;

    private const string NotDone = "That did not work: the database does not answer. Nothing was changed; try again in a few seconds.";

    private string? _conditions;
    private string _reason = "";
    private SilenceDraft? _draft;
    private SilenceReach? _reach;
    private string? _note;

    [Parameter, EditorRequired]
    public IReadOnlyList<StoredSilence> Silences { get; set; } = [];

    /// <summary>The app of the page, with which a new silence begins.</summary>
    [Parameter]
    public string? App { get; set; }

    [Parameter, EditorRequired]
    public DateTimeOffset Now { get; set; }

    [Parameter]
    public ViewerClock Clock { get; set; } = ViewerClock.Utc;

    /// <summary>Something was changed: the page should ask again.</summary>
    [Parameter]
    public EventCallback OnChange { get; set; }

    private bool MayEdit => viewer.Is(AccountRole.Editor);

    private string Conditions
    {
        get => _conditions ?? (App is { } app ? $"app={app}\n" : "");
        set => (_conditions, _draft, _reach) = (value, null, null);
    }

    private static string Reached(SilenceReach reach)
    {
        if (reach.Rules.Count == 0 && reach.Alerts.Count == 0)
            return "It would hold for nothing that is there now: no alert and no rule meets all conditions.";
        var rules = reach.Rules.Count == 0 ? "no rule" : $"{Quantity.Of(reach.Rules.Count, "rule", "rules")} ({string.Join(", ", reach.Rules)})";
        var more = reach.Alerts.Count > MostShown ? $"; the first {MostShown} of them:" : reach.Alerts.Count > 0 ? ":" : ".";
        return $"It would hold for alerts of {rules}, and for {Quantity.Of(reach.Alerts.Count, "alert that is", "alerts that are")} known now{more}";
    }

    private async Task PreviewAsync()
    {
        (_draft, _reach, _note) = (SilenceDraft.Read(Conditions), null, null);
        if (_draft.Problems.Count > 0)
            return;
        _reach = await actions.PreviewAsync(_draft.Matchers, CancellationToken.None);
        _note = _reach is null ? NotDone : null;
    }

    private async Task AddAsync(TimeSpan length)
    {
        if (!await actions.SilenceAsync(_draft!.Matchers, _reason.Trim(), length, viewer, name.Name, CancellationToken.None))
        {
            _note = NotDone;
            return;
        }

        (_conditions, _reason, _draft, _reach) = (null, "", null, null);
        _note = $"Silenced for {Quantity.Age(length.TotalSeconds)}; it holds from the next evaluation on.";
        await OnChange.InvokeAsync();
    }

    private async Task EndAsync(StoredSilence silence)
    {
        _note = await actions.EndSilenceAsync(silence.Id, viewer, CancellationToken.None) ? "Ended: what still fires is told at the next evaluation." : NotDone;
        await OnChange.InvokeAsync();
    }
}
