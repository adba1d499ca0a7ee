using SyncHealth.Statistics.Sequential;
using SyncHealth.Statistics.Strata;
using Xunit;

namespace SyncHealth.Statistics.Tests.Sequential;

/// <summary>What the sequence is for, shown on simulated fleets with a fixed seed.</summary>
public sealed class PeekingSimulationTests
{
    private const double Base = 0.95;

    /// <summary>Two equal releases, 100 looks of 200 new devices an arm: a z-test raises a false alarm in a third of the runs, the sequence in a fortieth.</summary>
    [Fact]
    public void P_EqualReleasesLookedAtAHundredTimes_RaisesAtMostFivePercentFalseAlarms()
    {
        const int runs = 1000;
        var random = new Random(20260822);
        var sequence = new ConfidenceSequence(plannedDevices: 10_000);
        int byZ = 0, bySequence = 0;
        for (var run = 0; run < runs; run++)
        {
            var looks = Looks(random, Base, Base, looks: 100, devicesPerLook: 200).ToArray();
            byZ += looks.Any(look => Math.Abs(look.Value) > StandardNormal.Quantile(0.975) * look.StandardError) ? 1 : 0;
            bySequence += looks.Any(look => sequence.P(look) < 0.05) ? 1 : 0;
        }

        Assert.InRange(byZ, 0.30 * runs, 0.40 * runs);
        Assert.InRange(bySequence, 0, 0.05 * runs);
    }

    /// <summary>How fast a z-test at 5 % goes wrong: Armitage, McPherson and Rowe (1969), JRSS A 132:235, Table 2.</summary>
    [Fact]
    public void ZTest_RepeatedOnEqualSteps_GoesWrongAsArmitageFound()
    {
        const int runs = 20_000;
        (int Looks, double Published)[] table = [(2, 0.083), (3, 0.107), (5, 0.142), (10, 0.193), (20, 0.248)];
        var random = new Random(1969);
        var alarms = new int[21];
        for (var run = 0; run < runs; run++)
        {
            var first = FirstAlarm(random, looks: 20);
            for (var looks = first; looks <= 20; looks++)
                alarms[looks]++;
        }

        Assert.All(table, row => Assert.Equal(row.Published, (double)alarms[row.Looks] / runs, 0.01));
    }

    /// <summary>A true loss of two points, one attempt per device, a look every 100: found in at least 80 % by 4000 devices an arm, and never called harmless.</summary>
    [Fact]
    public void IntervalOf_TrueLossOfTwoPoints_IsFoundByFourThousandDevices()
    {
        const int runs = 1000;
        var random = new Random(4000);
        var sequence = new ConfidenceSequence();
        var foundBy = new int[51];
        var harmless = 0;
        for (var run = 0; run < runs; run++)
        {
            var intervals = Looks(random, Base - 0.02, Base, looks: 50, devicesPerLook: 100).Select(sequence.IntervalOf).ToArray();
            var found = Array.FindIndex(intervals, interval => interval.High < 0);
            harmless += intervals.Any(interval => interval.Low > -0.01) ? 1 : 0;
            for (var look = found; found >= 0 && look < 50; look++)
                foundBy[look + 1]++;
        }

        Assert.Equal(0.43, (double)foundBy[20] / runs, 0.05);
        Assert.Equal(0.69, (double)foundBy[30] / runs, 0.05);
        Assert.InRange(foundBy[40], 0.80 * runs, 0.87 * runs);
        Assert.Equal(0.92, (double)foundBy[50] / runs, 0.03);
        Assert.InRange(harmless, 0, 0.01 * runs);
    }

    private static IEnumerable<Difference> Looks(Random random, double treatedRate, double controlRate, int looks, int devicesPerLook)
    {
        int treated = 0, control = 0;
        for (var look = 1; look <= looks; look++)
        {
            treated += Successes(random, treatedRate, devicesPerLook);
            control += Successes(random, controlRate, devicesPerLook);
            double n = look * devicesPerLook, t = treated / n, c = control / n;
            var variance = ((t * (1 - t)) + (c * (1 - c))) / n;
            yield return new Difference(t - c, variance, t * (1 - t) / n, (long)n, (long)n);
        }
    }

    private static int Successes(Random random, double rate, int trials)
    {
        var count = 0;
        for (var trial = 0; trial < trials; trial++)
            count += random.NextDouble() < rate ? 1 : 0;
        return count;
    }

    private static int FirstAlarm(Random random, int looks)
    {
        var sum = 0.0;
        for (var look = 1; look <= looks; look++)
        {
            sum += StandardNormal.Quantile(Math.Max(random.NextDouble(), double.Epsilon));
            if (Math.Abs(sum) > StandardNormal.Quantile(0.975) * Math.Sqrt(look))
                return look;
        }

        return looks + 1;
    }
}
