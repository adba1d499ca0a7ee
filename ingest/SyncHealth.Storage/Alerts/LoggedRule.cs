namespace SyncHealth.Storage.Alerts;

/// <summary>A rule as loaded.</summary>
/// <param name="Receivers">Configured receivers it reaches; empty when it reaches nobody.</param>
/// <param name="Runbook">Address of a runbook of its own; null for the shipped one, if there is one.</param>
public sealed record LoggedRule(string Name, string Severity, IReadOnlyList<string> Receivers, string? Runbook)
{
    /// <summary>The rule as an item of a file's list of rules; empty for one that was loaded before it was kept.</summary>
    public string Yaml { get; init; } = "";
}
