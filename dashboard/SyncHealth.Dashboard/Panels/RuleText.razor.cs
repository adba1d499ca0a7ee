using Microsoft.AspNetCore.Components;
using SyncHealth.Dashboard.Alerts;

namespace SyncHealth.Dashboard.Panels;

/// <summary>The rules in force as YAML, and a place to try out others.</summary>
public sealed partial class RuleText
{
    /// <summary>Longest draft, in characters: a message of a circuit holds 32 KiB.</summary>
    private const int MaxDraft = 20_000;

    private string? _draft;
    private RuleDraft? _read;

    /// <summary>The rules as one file would hold them; empty when none are loaded.</summary>
    [Parameter, EditorRequired]
    public string Text { get; set; } = "";

    /// <summary>How many there are.</summary>
    [Parameter, EditorRequired]
    public int Count { get; set; }

    /// <summary>Begins with what is in force, as far as it fits.</summary>
    private string Draft
    {
        get => _draft ?? (Text.Length <= MaxDraft ? Text : "rules:\n");
        set => (_draft, _read) = (value, null);
    }

    private void Check() => _read = RuleDraft.Read(Draft);
}
