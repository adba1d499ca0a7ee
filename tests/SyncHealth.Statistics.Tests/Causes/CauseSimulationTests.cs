using SyncHealth.Statistics.Causes;
using SyncHealth.Statistics.Devices;
using Xunit;

namespace SyncHealth.Statistics.Tests.Causes;

/// <summary>Faults put into simulated fleets, in one to three dimensions, and windows without any.</summary>
public sealed class CauseSimulationTests
{
    private const int Runs = 200;

    private static readonly Dictionary<string, string[]> Dimensions = new()
    {
        ["os"] = ["android", "ios", "windows"],
        ["network"] = ["wifi", "cellular", "ethernet", "none"],
        ["version"] = ["1.8", "1.9", "2.0", "2.1"],
    };

    /// <summary>The specification: right element first in at least 80 % of 200 faults, among three in 95 %.</summary>
    [Fact]
    public void Explain_InjectedFaults_NamesTheRightSegmentFirst()
    {
        int first = 0, amongThree = 0;
        for (var seed = 0; seed < Runs; seed++)
        {
            var random = new Random(seed);
            var fault = Fault(random, dimensions: 1 + (seed % 3));
            var names = CauseFinder.Explain(Window(random, fault, loss: 0.08 + (0.3 * random.NextDouble()))).Causes.Select(cause => cause.Segment.Where.ToHashSet()).ToArray();
            first += names.Length > 0 && names[0].SetEquals(fault) ? 1 : 0;
            amongThree += names.Any(name => name.SetEquals(fault)) ? 1 : 0;
        }

        Assert.InRange(first, 0.80 * Runs, Runs);
        Assert.InRange(amongThree, 0.95 * Runs, Runs);
    }

    /// <summary>And a cause named in at most 5 % of 200 windows in which nothing happened.</summary>
    [Fact]
    public void Explain_NothingHappened_NamesACauseInAtMostFivePercent()
    {
        var named = Enumerable.Range(1000, Runs).Count(seed => CauseFinder.Explain(Window(new Random(seed), [], loss: 0)).Causes.Count > 0);

        Assert.InRange(named, 0, 0.05 * Runs);
    }

    private static DimensionValue[] Fault(Random random, int dimensions) =>
        [.. Dimensions.OrderBy(_ => random.Next()).Take(dimensions).Select(dimension => new DimensionValue(dimension.Key, dimension.Value[random.Next(dimension.Value.Length)]))];

    private static CauseInput Window(Random random, DimensionValue[] fault, double loss)
    {
        var fleet = default(DeviceSums);
        var leaves = new List<CauseElement>();
        foreach (var os in Dimensions["os"])
        {
            foreach (var network in Dimensions["network"])
            {
                foreach (var version in Dimensions["version"])
                {
                    DimensionValue[] where = [new("os", os), new("network", network), new("version", version)];
                    var rate = 0.02 + (network == "cellular" ? 0.05 : 0) + (os == "windows" ? 0.02 : 0);
                    var before = Count(random, rate, ref fleet);
                    var now = Count(random, fault.Length > 0 && fault.All(where.Contains) ? rate + loss : rate, ref fleet);
                    leaves.Add(new CauseElement(where, before, now));
                }
            }
        }

        return new CauseInput
        {
            Before = Segments.Sum(leaves.Select(leaf => leaf.Before)),
            Now = Segments.Sum(leaves.Select(leaf => leaf.Now)),
            Elements = Segments.Of(leaves),
            DesignEffect = Math.Max(1, fleet.Estimate()!.Value.DesignEffect),
        };
    }

    /// <summary>60 to 140 devices of 10 attempts, each a little better or worse than its segment.</summary>
    private static CauseCounts Count(Random random, double rate, ref DeviceSums fleet)
    {
        var devices = 60 + random.Next(80);
        var failures = 0;
        for (var device = 0; device < devices; device++)
        {
            var own = rate * 2 * random.NextDouble();
            var failed = Enumerable.Range(0, 10).Count(_ => random.NextDouble() < own);
            failures += failed;
            fleet += DeviceSums.OfDevice(10, failed);
        }

        return new CauseCounts(devices * 10, failures, devices);
    }
}
