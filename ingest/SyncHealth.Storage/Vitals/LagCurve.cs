namespace SyncHealth.Storage.Vitals;

/// <summary>What share of an app's events has arrived by which age: learned per lag class, straight lines in between.</summary>
internal sealed class LagCurve
{
    /// <summary>Upper bounds of the lag classes in seconds; the last is the raw retention, after which nothing is accepted.</summary>
    private static readonly double[] Bounds = [60, 900, 3600, 21_600, 86_400, 259_200, 2_592_000];

    /// <summary>Age in seconds and arrived share, ascending; the last share is 1.</summary>
    private readonly List<(double Age, double Share)> _knots = [(0, 0)];

    private LagCurve()
    {
    }

    /// <summary>Null when nothing was learned.</summary>
    public static LagCurve? Of(IEnumerable<(short Class, long Attempts)> learned)
    {
        var classes = learned.Where(row => row.Attempts > 0).ToList();
        var total = classes.Sum(row => row.Attempts);
        if (total == 0)
            return null;

        var curve = new LagCurve();
        for (short lagClass = 0; lagClass <= classes.Max(row => row.Class); lagClass++)
            curve._knots.Add((Bounds[lagClass], classes.Where(row => row.Class <= lagClass).Sum(row => row.Attempts) / (double)total));
        return curve;
    }

    /// <summary>The mean share over the moments of [<paramref name="from"/>, <paramref name="to"/>), of which those after <paramref name="now"/> do not exist yet.</summary>
    public double Completeness(DateTime from, DateTime to, DateTime now)
    {
        var youngest = Math.Max(0, (now - to).TotalSeconds);
        var oldest = Math.Max(0, (now - from).TotalSeconds);
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
