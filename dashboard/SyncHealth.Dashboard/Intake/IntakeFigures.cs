using SyncHealth.Dashboard.Health;
using SyncHealth.Dashboard.Panels;
using SyncHealth.Dashboard.Wording;
using SyncHealth.Storage.Devices;
using SyncHealth.Storage.Intake;

namespace SyncHealth.Dashboard.Intake;

/// <summary>The signs that the picture is whole. Where a figure turns from good is a convention of this page: no alert depends on it.</summary>
public static class IntakeFigures
{
    /// <summary>Lag class from which an attempt arrived an hour late or more.</summary>
    public const int LateClass = 3;

    private const double LossNoticed = 1;
    private const double LossPoor = 5;
    private const double ClocksNoticed = 2;
    private const double CompletenessGood = 95;
    private const double CompletenessPoor = 80;

    /// <summary>The fold runs once a second; a minute behind is a fold that stands.</summary>
    private static readonly TimeSpan FoldNoticed = TimeSpan.FromSeconds(15);

    private static readonly TimeSpan FoldPoor = TimeSpan.FromMinutes(2);

    /// <summary>Attempts that arrived, per minute, and since when none has.</summary>
    public static Figure Rate(IReadOnlyList<ArrivalCount> arrivals, TimeSpan range, DateTimeOffset? last, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(arrivals);
        var count = arrivals.Sum(arrival => arrival.Attempts);
        var note = $"{Quantity.Of(count, "attempt", "attempts")} arrived{(last is { } at ? $", the last {Quantity.Age((now - at).TotalSeconds)} ago" : "")}";
        return new Figure("rate", "Arrivals", $"{Quantity.Number(count / range.TotalMinutes, 1)} per min", note, count > 0 ? Band.Good : Band.NeedsAttention);
    }

    /// <summary>Attempts that arrived an hour or more after they ended: offline-first apps have them, and numbers of the last hours still grow by them.</summary>
    public static Figure Late(IReadOnlyList<ArrivalCount> arrivals)
    {
        ArgumentNullException.ThrowIfNull(arrivals);
        var (all, late) = (arrivals.Sum(arrival => arrival.Attempts), arrivals.Where(arrival => arrival.LagClass >= LateClass).Sum(arrival => arrival.Attempts));
        return new Figure("late", "Arrived late", all == 0 ? "–" : Quantity.Percent(100.0 * late / all), $"{Quantity.Of(late, "attempt", "attempts")} an hour or more after the fact; they count where they belong");
    }

    /// <param name="completeness">Of the last hour, 0 to 1; null before anything is learned.</param>
    public static Figure Completeness(double? completeness) => completeness is not { } share
        ? new Figure("completeness", "Completeness", "–", "not learned yet: it takes a week of arrivals", Band.NoData)
        : new Figure("completeness", "Completeness", Quantity.Percent(100 * share), "of the last hour's attempts have arrived, going by weeks before",
            100 * share >= CompletenessGood ? Band.Good : 100 * share >= CompletenessPoor ? Band.NeedsAttention : Band.Poor);

    public static Figure Lost(TelemetryGaps gaps)
    {
        ArgumentNullException.ThrowIfNull(gaps);
        if (gaps.Issued == 0)
            return new Figure("lost", "Reports lost", "–", "no device numbers its reports (seq), so that gaps cannot be seen");
        var percent = 100.0 * gaps.Missing / gaps.Issued;
        return new Figure("lost", "Reports lost", Quantity.Percent(percent),
            $"{Quantity.Count(gaps.Missing)} of {Quantity.Of(gaps.Issued, "number", "numbers")} missing on {Quantity.Of(gaps.DevicesWithGaps, "device", "devices")} of {Quantity.Count(gaps.Devices)}: lost, or still on the device",
            percent < LossNoticed ? Band.Good : percent < LossPoor ? Band.NeedsAttention : Band.Poor);
    }

    public static Figure Clocks(IntakeFacts facts)
    {
        ArgumentNullException.ThrowIfNull(facts);
        return new Figure("clocks", "Clocks off", Quantity.Of(facts.ClocksOff, "device", "devices"),
            $"of {Quantity.Count(facts.Devices)} are off by 55 min or more; their times are corrected",
            100.0 * facts.ClocksOff < ClocksNoticed * Math.Max(1, facts.Devices) ? Band.Good : Band.NeedsAttention);
    }

    public static Figure Quarantine(IReadOnlyList<IntakeLoss> losses)
    {
        ArgumentNullException.ThrowIfNull(losses);
        var count = losses.Where(loss => loss.Kind == "quarantined").Sum(loss => loss.Count);
        return new Figure("quarantine", "Quarantined", Quantity.Of(count, "event", "events"), "claim a time in the future or before what is kept; no number reads them", count == 0 ? Band.Good : Band.NeedsAttention);
    }

    public static Figure Fold(IntakeFacts facts, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(facts);
        // Increments carry the minute of their arrival, so that the first minute says nothing.
        var behind = facts.OldestUnfoldedAt is { } oldest ? now - new DateTimeOffset(oldest, TimeSpan.Zero) - TimeSpan.FromMinutes(1) : TimeSpan.Zero;
        return new Figure("fold", "Fold", behind <= FoldNoticed ? "up to date" : $"{Quantity.Age(behind.TotalSeconds)} behind",
            $"{Quantity.Of(facts.Unfolded, "row waits", "rows wait")} to be folded into rollups; pages count them all the same",
            behind <= FoldNoticed ? Band.Good : behind <= FoldPoor ? Band.NeedsAttention : Band.Poor);
    }
}
