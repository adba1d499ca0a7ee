using SyncHealth.Storage.Vitals;

namespace SyncHealth.Storage.Verdicts;

/// <summary>Is a release worse than its baseline?</summary>
/// <param name="App">The app.</param>
/// <param name="Release">Name of the release, as <paramref name="Kind"/> has it.</param>
/// <param name="Kind">What a release is.</param>
/// <param name="Now">The shared clock.</param>
public sealed record VerdictQuestion(string App, string Release, ReleaseKind Kind, DateTimeOffset Now)
{
    /// <summary>What it is held against; null for the other release with the most active devices in the same days.</summary>
    public string? Baseline { get; init; }

    /// <summary>Whether devices that fell silent are counted; not of a moment in the past, for how devices stand is known of the present only.</summary>
    public bool CountsSilence { get; init; } = true;

    /// <summary>Narrows both arms, by <see cref="Dimensions.Core"/>. Without an environment: production.</summary>
    public IReadOnlyList<DimensionFilter> Filters { get; init; } = [];
}
