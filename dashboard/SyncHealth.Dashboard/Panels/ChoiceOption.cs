namespace SyncHealth.Dashboard.Panels;

/// <summary>One of several ways to look at a page.</summary>
/// <param name="Address">Where it leads.</param>
public sealed record ChoiceOption(string Text, string Address, bool IsCurrent, string? Title = null);
