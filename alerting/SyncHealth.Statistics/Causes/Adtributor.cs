namespace SyncHealth.Statistics.Causes;

/// <summary>Which dimension explains a change best, and by which of its elements.</summary>
/// <remarks>
/// Adtributor: Bhagwan and others (2014), NSDI, "Adtributor: Revenue Debugging in Advertising Systems", sections 4 and 5. It knows no uncertainty and takes a moved
/// mix for a bad element: <see cref="CauseFinder"/> adds both.
/// </remarks>
public static class Adtributor
{
    /// <summary>Elements that explain less than this are left out (the paper's T_EEP).</summary>
    public const double MinimumElement = 0.1;

    /// <summary>A set of elements explains the change when it reaches this (the paper's T_EP).</summary>
    public const double MinimumSet = 0.67;

    /// <summary>The dimensions by surprise, the most surprising first, of a quantity that adds up (revenue, failures).</summary>
    /// <param name="dimensions">Per dimension its elements; each dimension's elements add up to the same totals.</param>
    public static IReadOnlyList<DimensionFinding> OfSums(IReadOnlyDictionary<string, IReadOnlyList<SumElement>> dimensions) =>
        Ranked(dimensions.Select(dimension => OfSums(dimension.Key, dimension.Value)));

    /// <summary>The dimensions by surprise of a rate (failures per attempt): the paper's derived measure, section 4.2.</summary>
    /// <param name="dimensions">Per dimension its segments; each dimension's segments add up to the same totals.</param>
    public static IReadOnlyList<DimensionFinding> OfRates(IReadOnlyDictionary<string, IReadOnlyList<SegmentCounts>> dimensions) =>
        Ranked(dimensions.Select(dimension => OfRates(dimension.Key, dimension.Value)));

    /// <summary>½[p ln(2p/(p+q)) + q ln(2q/(p+q))]: how unexpected an element's share q is when p was expected, in nats.</summary>
    /// <remarks>The paper's equation 6: one element's part of the Jensen-Shannon divergence, Lin (1991), IEEE Transactions on Information Theory 37:145.</remarks>
    public static double Surprise(double p, double q) => (Half(p, q) + Half(q, p)) / 2;

    private static DimensionFinding OfSums(string dimension, IReadOnlyList<SumElement> elements)
    {
        double expected = elements.Sum(element => element.Expected), actual = elements.Sum(element => element.Actual);
        return Select(dimension, elements.Select(element => new ExplainedElement(
            element.Name,
            Over(element.Actual - element.Expected, actual - expected),
            Surprise(Over(element.Expected, expected), Over(element.Actual, actual)))));
    }

    private static DimensionFinding OfRates(string dimension, IReadOnlyList<SegmentCounts> segments)
    {
        double events = segments.Sum(segment => segment.EventsBefore), attempts = segments.Sum(segment => segment.AttemptsBefore);
        var now = segments.Sum(segment => segment.EventsNow);
        var powers = segments.Select(segment => Over(
            ((segment.EventsNow - segment.EventsBefore) * attempts) - ((segment.AttemptsNow - segment.AttemptsBefore) * events),
            attempts * (attempts + segment.AttemptsNow - segment.AttemptsBefore))).ToArray();
        return Select(dimension, segments.Zip(powers, (segment, power) => new ExplainedElement(
            segment.Name,
            Over(power, powers.Sum()),
            Surprise(Over(segment.EventsBefore, events), Over(segment.EventsNow, now)))));
    }

    /// <summary>Takes elements by surprise until together they explain enough.</summary>
    private static DimensionFinding Select(string dimension, IEnumerable<ExplainedElement> elements)
    {
        var all = elements.OrderByDescending(element => element.Surprise).ThenBy(element => element.Name, StringComparer.Ordinal).ToArray();
        var chosen = new List<ExplainedElement>();
        foreach (var element in all.Where(element => element.ExplanatoryPower > MinimumElement))
        {
            chosen.Add(element);
            if (chosen.Sum(one => one.ExplanatoryPower) > MinimumSet)
                break;
        }

        return new DimensionFinding(dimension, all, chosen, all.Sum(element => element.Surprise));
    }

    private static DimensionFinding[] Ranked(IEnumerable<DimensionFinding> findings) =>
        [.. findings.OrderByDescending(finding => finding.Surprise).ThenBy(finding => finding.Dimension, StringComparer.Ordinal)];

    private static double Half(double p, double q) => p <= 0 ? 0 : p * Math.Log(2 * p / (p + q));

    private static double Over(double part, double whole) => whole == 0 ? 0 : part / whole;
}
