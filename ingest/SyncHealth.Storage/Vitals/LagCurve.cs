namespace SyncHealth.Storage.Vitals;

/// <summary>What share of some events has arrived by which age: learned per lag class, straight lines in between.</summary>
internal sealed class LagCurve
{
    /// <summary>Upper bounds of the lag classes in seconds; the last is the raw retention, after which nothing is accepted.</summary>
    private static readonly double[] Bounds = [60, 900, 3600, 21_600, 86_400, 259_200, 2_592_000];

    /// <summary>Age in seconds and arrived share, ascending; the last share is 1.</summary>
    private readonly List<(double Age, double Share)> _knots = [(0, 0)];

    /// <param name="weights">How many events have a lag of each class; not all 0.</param>
    public LagCurve(IReadOnlyList<double> weights)
    {
        var total = weights.Sum();
        var arrived = 0.0;
        for (var lagClass = 0; arrived < total && lagClass < Classes; lagClass++)
        {
            arrived += weights[lagClass];
            _knots.Add((Bounds[lagClass], arrived / total));
        }

        _knots[^1] = (_knots[^1].Age, 1);
    }

    /// <summary>Number of lag classes.</summary>
    public static int Classes => Bounds.Length;

    /// <summary>The mean share over the moments of [<paramref name="from"/>, <paramref name="to"/>), of which those after <paramref name="now"/> do not exist yet.</summary>
    public double Completeness(DateTime from, DateTime to, DateTime now)
    {
        var youngest = Math.Max(0, (now - to).TotalSeconds);
        var oldest = Math.Max(0, (now - from).TotalSeconds);
        if (youngest >= _knots[^1].Age)
            return 1;
        return oldest > youngest ? Math.Min(1, (Area(oldest) - Area(youngest)) / (oldest - youngest)) : ShareAt(youngest);
    }

    private double ShareAt(double age)
    {
        for (var i = 1; i < _knots.Count; i++)
            if (age < _knots[i].Age)
                return Between(_knots[i - 1], _knots[i], age);
        return 1;
    }

    /// <summary>The area under the curve from age 0.</summary>
    private double Area(double age)
    {
        var area = 0.0;
        for (var i = 1; i < _knots.Count; i++)
        {
            var (left, right) = (_knots[i - 1], _knots[i]);
            if (age <= right.Age)
                return area + ((left.Share + Between(left, right, age)) / 2 * (age - left.Age));
            area += (left.Share + right.Share) / 2 * (right.Age - left.Age);
        }

        return area + age - _knots[^1].Age;
    }

    private static double Between((double Age, double Share) left, (double Age, double Share) right, double age) =>
        left.Share + ((right.Share - left.Share) * (age - left.Age) / (right.Age - left.Age));
}
