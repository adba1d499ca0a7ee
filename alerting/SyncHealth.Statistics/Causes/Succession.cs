namespace SyncHealth.Statistics.Causes;

/// <summary>Lends segments of a new value, such as a release, the past of what was in their place.</summary>
/// <remarks>
/// A release has no "before": its devices ran another one. It is held against the same network, system and tag of all releases before, as much of it as its part of the attempts there
/// now. Devices choose when to update, so that those that did may always have failed more than others; their place, old and new together, did not get worse by that, and
/// <see cref="CauseFinder"/> asks that it did.
/// </remarks>
internal static class Succession
{
    /// <summary>All segments; those of values that too few devices had before with the past of their place, where that is known.</summary>
    public static IReadOnlyList<CauseElement> Lend(CauseInput input)
    {
        var values = input.Elements.Where(element => element.Where is [var only] && only.Dimension == input.Succession && element.Before.Devices < CauseLimits.MinimumDevices)
            .Select(element => element.Where[0]).ToHashSet();
        return [.. input.Elements.Select(element => element.Where.Any(values.Contains) ? Lend(element, input) : element)];
    }

    private static CauseElement Lend(CauseElement element, CauseInput input)
    {
        var around = element.Where.Where(value => value.Dimension != input.Succession).ToHashSet();
        var place = around.Count == 0 ? new CauseElement([], input.Before, input.Now) : input.Elements.FirstOrDefault(other => other.IsExactly(around));
        return place is null || place.Now.Attempts == 0
            ? element
            : element with { Before = place.Before.Part((double)element.Now.Attempts / place.Now.Attempts), Place = place };
    }
}
