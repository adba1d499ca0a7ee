namespace SyncHealth.Storage.Vitals;

/// <summary>An app that has sent at least one event, with the values its core dimensions and its promoted tag took.</summary>
public sealed record AppSummary(string Name, IReadOnlyDictionary<string, IReadOnlyList<string>> Dimensions)
{
    /// <summary>The promoted tag as a dimension, <c>tag:NAME</c>; null without one, or while no event of it has come.</summary>
    public string? PromotedTag => Dimensions.Keys.FirstOrDefault(name => name.StartsWith(Vitals.Dimensions.TagPrefix, StringComparison.Ordinal));
}
