using SyncHealth.Statistics.Ranks;
using Xunit;

namespace SyncHealth.Statistics.Tests.Ranks;

public sealed class EffectSizeTests
{
    /// <summary>Samples of Kayenta's StatisticSuite, control and experiment of its high and its low metric.</summary>
    private static readonly double[] HighControl =
    [
        24.69397578, 25.37120574, 25.86186148, 26.93804252, 22.72232309, 24.15894084, 24.80842752, 26.07830794, 27.35323988, 23.25110886,
        24.65909111, 23.88299016, 21.34817847, 26.33198082, 23.39498829, 26.6734461, 25.33769589, 23.92348759, 25.29740715, 24.21381887,
        28.1697053, 22.2271772, 27.16612837, 25.16639243, 26.85955896, 27.13421926, 25.43350074, 26.32130314, 23.8854011, 27.86180318,
    ];

    private static readonly double[] HighExperiment =
    [
        29.17644856, 25.16947646, 25.88467948, 29.4900454, 27.05622757, 26.13307864, 27.2711558, 26.69139944, 29.05412377, 26.39818697,
        26.68312641, 24.99600187, 27.99524816, 22.57278291, 23.72798196, 25.82821505, 28.26624521, 28.02370228, 24.1792213, 26.02914828,
        25.90970275, 31.18337461, 27.44254942, 29.93347686, 26.70848069, 28.12191913, 27.39257837, 30.17636627, 29.60240485, 30.10635388,
    ];

    private static readonly double[] LowControl =
    [
        23.15322873, 22.09179077, 26.56410603, 23.0971542, 24.26372276, 25.6461273, 29.42730472, 22.08630097, 29.15257054, 25.8096766,
        24.62191338, 23.67398895, 23.63946085, 26.44684325, 25.76230914, 25.41279862, 22.64005862, 24.58898152, 25.01968457, 25.03695883,
        23.79864705, 26.60180151, 25.99405034, 22.46726084, 28.31843786, 24.30152484, 22.83713467, 21.92380184, 23.44735223, 29.15676219,
    ];

    private static readonly double[] LowExperiment =
    [
        22.58442682, 18.83161858, 22.34282944, 18.52177725, 19.41399147, 21.77120485, 24.33796385, 22.16390531, 23.781802, 21.38514296,
        22.2205035, 22.06152361, 21.30313392, 21.59652134, 22.38394223, 24.68882792, 20.58916439, 21.03137302, 22.26213957, 23.76485986,
        20.56271226, 24.56567102, 19.86055958, 22.18967677, 20.31475409, 19.2634656, 24.60283585, 20.41729998, 20.62069798, 22.53448767,
    ];

    [Fact]
    public void CommonLanguageEffect_KayentasSamples_Matches()
    {
        Assert.Equal(0.771, MannWhitney.CommonLanguageEffect(HighExperiment, HighControl), 3);
        Assert.Equal(0.12, MannWhitney.CommonLanguageEffect(LowExperiment, LowControl), 1e-12);
        Assert.Equal(0.5, MannWhitney.CommonLanguageEffect([1, 2, 3, 4, 5], [1, 2, 3, 4, 5]));
    }

    /// <summary>Kayenta prints 3.03821 and allows 10⁻⁵; the value is 3.038218.</summary>
    [Fact]
    public void CohenD_KayentasSamples_Matches() => Assert.Equal(3.03821, CohenD.Of([5, 5, 5, 10, 10, 10], [1, 1, 1, 2, 2, 2]), 1e-5);

    /// <summary>R's <c>wilcox.test</c> on the depression scores of Hollander and Wolfe (1973).</summary>
    [Fact]
    public void PGreater_DepressionExample_MatchesR()
    {
        double[] x = [0.80, 0.83, 1.89, 1.04, 1.45, 1.38, 1.91, 1.64, 0.73, 1.46];
        double[] y = [1.15, 0.88, 0.90, 0.74, 1.21];

        Assert.Equal(35, MannWhitney.U(x, y));
        Assert.Equal(382.0 / 3003, MannWhitney.PGreater(x, y), 1e-12);
        Assert.Equal(0.1272, MannWhitney.PGreater(x, y), 4);
    }

    [Fact]
    public void PGreater_LargeSamples_IsNearTheExactOne()
    {
        var random = new Random(50);
        double[] x = [.. Enumerable.Range(0, 50).Select(_ => random.NextDouble() + 0.1)];
        double[] y = [.. Enumerable.Range(0, 50).Select(_ => random.NextDouble())];

        Assert.Equal(MannWhitney.PGreater(x, y), MannWhitney.PGreater([.. x, 0.55], [.. y, 0.5501]), 0.02);
    }

    [Fact]
    public void Measures_NothingToCompare_SaySo()
    {
        Assert.Equal(0.5, MannWhitney.CommonLanguageEffect([], [1]));
        Assert.Equal(1, MannWhitney.PGreater([], [1]));
        Assert.Equal(1, MannWhitney.PGreater([7, 7], [7, 7]));
        Assert.True(double.IsNaN(CohenD.Of([1], [1, 2])));
        Assert.Equal(double.PositiveInfinity, CohenD.Of([2, 2], [1, 1]));
    }
}
