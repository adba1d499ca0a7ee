using System.Globalization;
using SyncHealth.Alerting.Evaluation;
using SyncHealth.Alerting.Rules;

namespace SyncHealth.Alerting.Messages;

/// <summary>Puts into words what surrounds a breach.</summary>
internal static class Surroundings
{
    private const string Release = "app_version";
    private const double Percent = 100;

    /// <summary>A part is named only when it holds this much more of the bad than of the whole, in percentage points.</summary>
    private const double MinExcess = 10;

    /// <summary>A release below this share of attempts is not yet, and above the other no longer, being rolled out; percent.</summary>
    private const double MinRollout = 1;

    private const double MaxRollout = 95;

    /// <summary>The part that holds more of the bad ones than its size explains, by the largest excess; null when none does.</summary>
    public static string? TopContributor(AlertRule rule, MessageContext context)
    {
        var best = context.Parts
            .GroupBy(part => part.Dimension)
            .Where(dimension => dimension.Count() > 1)
            .SelectMany(dimension => dimension.Select(part => (Part: part, Bad: ShareOf(part, dimension, other => other.Offending), All: ShareOf(part, dimension, other => ShareBound.UnitsOf(rule, other)))))
            .Where(found => found.Bad - found.All >= MinExcess)
            .OrderByDescending(found => found.Bad - found.All)
            .FirstOrDefault();
        return best.Part is null
            ? null
            : string.Create(CultureInfo.InvariantCulture, $"{best.Part.Dimension} {best.Part.Value}: {best.Bad:0.#} % of the bad ones, {best.All:0.#} % of all{WhatChanged(rule, context, best.Part)}");
    }

    /// <summary>
    /// Whether a part got worse within a week or only grew: the two halves of its change (Kitagawa 1955, JASA 50:1168; spec/alerting.md section 6). "Traffic moved
    /// to cellular" and "cellular got worse" need different people.
    /// </summary>
    private static string WhatChanged(AlertRule rule, MessageContext context, ContextPart part)
    {
        var then = context.PartsLastWeek.Where(other => other.Dimension == part.Dimension).ToArray();
        if (then.Sum(other => Units(other)) == 0)
            return "";
        if (then.FirstOrDefault(other => other.Value == part.Value) is not { } before || Units(before) == 0)
            return "; not there a week ago";
        var now = context.Parts.Where(other => other.Dimension == part.Dimension).ToArray();
        var (shareThen, shareNow) = (ShareOf(before, then, measured => ShareBound.UnitsOf(rule, measured)), ShareOf(part, now, measured => ShareBound.UnitsOf(rule, measured)));
        var (badThen, badNow) = (BadOf(before), BadOf(part));
        var (worse, grown) = ((shareThen + shareNow) / 2 * (badNow - badThen), (badThen + badNow) / 2 * (shareNow - shareThen));
        return Math.Max(worse, grown) <= 0 ? "" : worse >= grown ? "; got worse" : "; traffic moved there";

        long Units(ContextPart other) => ShareBound.UnitsOf(rule, other.Measurement);
        double BadOf(ContextPart other) => Percent * other.Measurement.Offending / Units(other);
    }

    /// <summary>The release in rollout and how far it has come; null when there is none.</summary>
    public static string? Rollout(MessageContext context) =>
        InRollout(context.Parts) is var (release, share) ? string.Create(CultureInfo.InvariantCulture, $"{release} at {share:0.#} % of attempts") : null;

    /// <summary>The newest release with its share in percent, while part of the attempts comes from it and part from older ones.</summary>
    public static (string Release, double Share)? InRollout(IReadOnlyList<ContextPart> parts)
    {
        var releases = parts.Where(part => part.Dimension == Release).OrderBy(part => part.Value, ReleaseOrder.Instance).ToArray();
        if (releases.Length < 2)
            return null;
        var share = ShareOf(releases[^1], releases, measurement => measurement.Attempts);
        return share is >= MinRollout and <= MaxRollout ? (releases[^1].Value, share) : null;
    }

    private static double ShareOf(ContextPart part, IEnumerable<ContextPart> all, Func<Measurement, long> count) =>
        all.Sum(other => count(other.Measurement)) is > 0 and var total ? Percent * count(part.Measurement) / total : 0;
}
