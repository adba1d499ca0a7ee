namespace SyncHealth.Statistics.Strata;

/// <summary>Stratified comparison of independent counts: common odds ratio, risk difference and the tests beside them. For reporting; devices with many attempts need <see cref="StratifiedDifference"/>.</summary>
/// <remarks>Mantel and Haenszel (1959), JNCI 22:719; test: Cochran (1954) and Mantel (1963), as R's <c>mantelhaen.test</c>.</remarks>
public static class MantelHaenszel
{
    /// <summary>The odds ratio common to the strata, Σ ad/n / Σ bc/n; not a number where nothing can be compared.</summary>
    public static double OddsRatio(IReadOnlyList<TwoByTwo> tables) => tables.Sum(Agreeing) / tables.Sum(Opposing);

    /// <summary>The interval of <see cref="OddsRatio"/>.</summary>
    /// <remarks>Robins, Breslow and Greenland (1986), Biometrics 42:311.</remarks>
    /// <exception cref="ArgumentOutOfRangeException">The confidence is not between 0 and 1.</exception>
    public static Interval OddsRatioInterval(IReadOnlyList<TwoByTwo> tables, double confidence = WilsonInterval.DefaultConfidence)
    {
        Probability.ThrowIfNotInside(confidence);
        var (r, s) = (tables.Sum(Agreeing), tables.Sum(Opposing));
        var variance =
            (tables.Sum(table => Diagonal(table) * Agreeing(table)) / (2 * r * r))
            + (tables.Sum(table => (Diagonal(table) * Opposing(table)) + ((1 - Diagonal(table)) * Agreeing(table))) / (2 * r * s))
            + (tables.Sum(table => (1 - Diagonal(table)) * Opposing(table)) / (2 * s * s));
        var half = StandardNormal.Quantile((1 + confidence) / 2) * Math.Sqrt(variance);
        return new Interval(r / s * Math.Exp(-half), r / s * Math.Exp(half));
    }

    /// <summary>The risk difference (first − second group) common to the strata; 0 where nothing can be compared.</summary>
    public static double RiskDifference(IReadOnlyList<TwoByTwo> tables)
    {
        var usable = tables.Where(table => table is { N1: > 0, N2: > 0 }).ToArray();
        var weight = usable.Sum(Weight);
        return weight == 0 ? 0 : usable.Sum(table => Weight(table) * ((table.Events1 / table.N1) - (table.Events2 / table.N2))) / weight;
    }

    /// <summary>The Cochran-Mantel-Haenszel test of "no difference in any stratum", one degree of freedom.</summary>
    /// <param name="tables">One table per stratum.</param>
    /// <param name="isCorrected">Whether Yates' continuity correction is applied, as R does by default.</param>
    /// <returns>Statistic 0 and p 1 where the strata cannot tell (an outcome or a group is missing everywhere).</returns>
    public static ChiSquareResult Test(IReadOnlyList<TwoByTwo> tables, bool isCorrected = true)
    {
        var usable = tables.Where(table => table.Total > 1).ToArray();
        var surplus = Math.Abs(usable.Sum(table => table.Events1 - (table.N1 * table.Events / table.Total)));
        var variance = usable.Sum(table => table.N1 * table.N2 * table.Events * table.Others / (table.Total * table.Total * (table.Total - 1)));
        if (variance == 0)
            return new ChiSquareResult(0, 1, 1);
        var correction = isCorrected && surplus >= 0.5 ? 0.5 : 0;
        return ChiSquareResult.Of((surplus - correction) * (surplus - correction) / variance, 1);
    }

    /// <summary>Woolf's test of "the odds ratio is the same in every stratum", with half a count added to every cell.</summary>
    /// <remarks>Woolf (1955), Annals of Human Genetics 19:251, as in the example of R's <c>mantelhaen.test</c>. Degrees of freedom: strata − 1; p 1 below two strata.</remarks>
    public static ChiSquareResult Woolf(IReadOnlyList<TwoByTwo> tables)
    {
        if (tables.Count < 2)
            return new ChiSquareResult(0, 0, 1);
        var logs = tables.Select(table => Math.Log((table.Events1 + 0.5) * (table.Others2 + 0.5) / ((table.Others1 + 0.5) * (table.Events2 + 0.5)))).ToArray();
        var weights = tables.Select(table => 1 / ((1 / (table.Events1 + 0.5)) + (1 / (table.Others1 + 0.5)) + (1 / (table.Events2 + 0.5)) + (1 / (table.Others2 + 0.5)))).ToArray();
        var mean = logs.Zip(weights, (log, weight) => log * weight).Sum() / weights.Sum();
        return ChiSquareResult.Of(logs.Zip(weights, (log, weight) => weight * (log - mean) * (log - mean)).Sum(), tables.Count - 1);
    }

    private static double Weight(TwoByTwo table) => table.N1 * table.N2 / table.Total;

    private static double Agreeing(TwoByTwo table) => table.Total == 0 ? 0 : (double)table.Events1 * table.Others2 / table.Total;

    private static double Opposing(TwoByTwo table) => table.Total == 0 ? 0 : (double)table.Others1 * table.Events2 / table.Total;

    private static double Diagonal(TwoByTwo table) => table.Total == 0 ? 0 : ((double)table.Events1 + table.Others2) / table.Total;
}
