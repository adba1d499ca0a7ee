namespace SyncHealth.Storage.Alerts;

/// <summary>A rule as loaded, for readers in other processes.</summary>
/// <param name="Receivers">Configured receivers it reaches; empty when it reaches nobody.</param>
/// <param name="Labels">The labels that every alert of the rule has.</param>
public sealed record RuleSave(string Name, string Severity, string DefinitionJson, IReadOnlyList<string> Receivers, IReadOnlyDictionary<string, string> Labels)
{
    /// <summary>The rule as an item of a file's list of rules, in the canonical form.</summary>
    public string Yaml { get; init; } = "";
}
