namespace SyncHealth.Statistics.Causes;

/// <summary>One segment in two periods.</summary>
/// <param name="Name">The segment, such as "cellular".</param>
/// <param name="AttemptsBefore">Attempts in the period it is compared with.</param>
/// <param name="EventsBefore">Events among them (failures, successes, slow ones).</param>
/// <param name="AttemptsNow">Attempts in the period in question.</param>
/// <param name="EventsNow">Events among them.</param>
/// <remarks>The segment-specific rates of Kitagawa (1955), JASA 50:1168; a segment seen in one period only has that period's rate in both.</remarks>
public sealed record SegmentCounts(string Name, double AttemptsBefore, double EventsBefore, double AttemptsNow, double EventsNow)
{
    /// <summary>The rate before; of a segment that is new, its present one, so that its coming is all mix.</summary>
    public double RateBefore => AttemptsBefore > 0 ? EventsBefore / AttemptsBefore : AttemptsNow > 0 ? EventsNow / AttemptsNow : 0;

    /// <summary>The rate now; of a segment that is gone, its last one.</summary>
    public double RateNow => AttemptsNow > 0 ? EventsNow / AttemptsNow : RateBefore;
}
