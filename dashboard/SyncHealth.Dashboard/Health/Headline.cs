using System.Text;
using SyncHealth.Dashboard.Wording;
using SyncHealth.Storage.Vitals;

namespace SyncHealth.Dashboard.Health;

/// <summary>The sentence on top: what is wrong, where and since when, or that nothing is, or that nothing is known.</summary>
/// <param name="Suspect">The segment the sentence names, to narrow the page to; empty when it names none.</param>
/// <param name="Sign">The vital sign it speaks of.</param>
public sealed record Headline(Band Band, IReadOnlyList<HeadlinePart> Parts, IReadOnlyList<DimensionFilter> Suspect, VitalSign Sign = VitalSign.SuccessRate)
{
    /// <summary>Where failures are concentrated, when the sentence names that though it is not beyond doubt what explains the drop, or is only a part of what does; else null.</summary>
    public Suspect? Concentration { get; init; }

    /// <summary>The plain sentence.</summary>
    public string ToText(ViewerClock clock, DateTimeOffset now)
    {
        var text = new StringBuilder();
        foreach (var part in Parts)
            text.Append(part.At is { } at ? clock.Moment(at, now) : part.Text);
        return text.ToString();
    }
}
