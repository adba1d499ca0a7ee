using FsCheck;
using FsCheck.Fluent;
using SyncHealth.Statistics.Multiplicity;
using Xunit;

namespace SyncHealth.Statistics.Tests.Multiplicity;

/// <summary>Which of many findings to believe.</summary>
public sealed class ManyTestsTests
{
    /// <summary>Benjamini and Hochberg (1995), section 3.2.</summary>
    private static readonly double[] Published =
        [0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.3240, 0.4262, 0.5719, 0.6528, 0.7590, 1.0000];

    [Fact]
    public void Rejected_PublishedExample_BelievesFourWhereBonferroniBelievesThree()
    {
        Assert.Equal(4, BenjaminiHochberg.Rejected(Published, 0.05).Count(rejected => rejected));
        Assert.Equal(3, BenjaminiHochberg.RejectedByBonferroni(Published, 0.05).Count(rejected => rejected));
    }

    [Fact]
    public void Rejected_EValuesOfTheSpecification_BelievesTheTwoLargest() =>
        Assert.Equal([false, true, false, true, false], EBenjaminiHochberg.Rejected([Math.Log(30), Math.Log(200), Math.Log(5), Math.Log(60), 0], 0.05));

    [Fact]
    public void Rejected_BeyondDoubt_IsBelievedAmongAnyNumber() =>
        Assert.Single(EBenjaminiHochberg.Rejected([double.PositiveInfinity, .. Enumerable.Repeat(double.NegativeInfinity, 10_000)], 0.05), rejected => rejected);

    [Fact]
    public void Rejected_SingleValue_IsThePlainTest()
    {
        Assert.Equal([true], EBenjaminiHochberg.Rejected([Math.Log(20.0001)], 0.05));
        Assert.Equal([false], EBenjaminiHochberg.Rejected([Math.Log(19.9)], 0.05));
        Assert.Equal([true], BenjaminiHochberg.Rejected([0.05], 0.05));
    }

    [Fact]
    public void Rejected_Nothing_BelievesNothing()
    {
        Assert.Empty(EBenjaminiHochberg.Rejected([], 0.05));
        Assert.Empty(BenjaminiHochberg.Rejected([], 0.05));
        Assert.Empty(BenjaminiHochberg.RejectedByBonferroni([], 0.05));
    }

    [Fact]
    public void Rejected_LevelOutsideTheUnitInterval_Throws()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => EBenjaminiHochberg.Rejected([1], 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => BenjaminiHochberg.Rejected([1], 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => BenjaminiHochberg.RejectedByBonferroni([1], 1));
    }

    /// <summary>e-BH is BH over the p-values 1/e: one believes exactly what the other does.</summary>
    [Fact]
    public void Rejected_AnyEValues_IsBenjaminiHochbergOfTheirInverses()
    {
        var values = Gen.NonEmptyListOf(Gen.Choose(0, 40_000).Select(thousandths => thousandths / 100.0));

        Prop.ForAll(values.ToArbitrary(), es =>
        {
            double[] logs = [.. es.Select(e => Math.Log(e + 0.001))];
            return EBenjaminiHochberg.Rejected(logs, 0.05).SequenceEqual(BenjaminiHochberg.Rejected([.. logs.Select(log => Math.Exp(-log))], 0.05));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(500).WithQuietOnSuccess(true));
    }
}
