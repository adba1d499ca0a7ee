namespace SyncHealth.Dashboard.Health;

/// <summary>The stretch of a series in which something was worse than in the rest.</summary>
/// <param name="First">Index of its first point.</param>
/// <param name="End">Index after its last point; the series' length while it lasts.</param>
public readonly record struct Episode(int First, int End)
{
    /// <summary>A stretch found by chance among some thousand stays below this.</summary>
    private const double LeastEvidence = 9;

    /// <summary>The stretch that best splits the series in two, or null when the series is even throughout.</summary>
    public static Episode? Find(IReadOnlyList<Tally> series)
    {
        var sums = new Tally[series.Count + 1];
        for (var i = 0; i < series.Count; i++)
            sums[i + 1] = sums[i] + series[i];

        var (best, evidence) = (default(Episode), 0.0);
        for (var first = 0; first < series.Count; first++)
            for (var end = first + 1; end <= series.Count; end++)
                if ((sums[end] - sums[first]).EvidenceWithin(sums[^1]) is var found && found > evidence)
                    (best, evidence) = (new Episode(first, end), found);
        return evidence >= LeastEvidence ? best : null;
    }
}
