using SyncHealth.Statistics.Causes;
using SyncHealth.Statistics.Devices;
using Xunit;

namespace SyncHealth.Statistics.Tests.Causes;

/// <summary>Releases that reach a third to two thirds of a simulated fleet, some bad in a part of it, some harmless: whom they reach first may always have failed more than others.</summary>
public sealed class NewReleaseSimulationTests
{
    private const int Runs = 200;
    private const string Version = "app_version";

    /// <summary>How much more often than the average those fail who update first.</summary>
    private const double Selection = 0.3;

    private static readonly string[] Systems = ["android", "ios", "windows"], Networks = ["wifi", "cellular"], Installed = ["1.9", "2.0"];

    /// <summary>The same promise as for what exists already: first in at least 80 % of 200 faults, among three in 95 %.</summary>
    [Fact]
    public void Explain_BadReleases_NamesTheReleaseAndWhereFirst()
    {
        int first = 0, amongThree = 0;
        for (var seed = 0; seed < Runs; seed++)
        {
            var random = new Random(seed);
            var fault = Fault(random, seed % 3);
            var causes = CauseFinder.Explain(Window(random, fault, loss: 0.12 + (0.3 * random.NextDouble()))).Causes;
            bool IsRight(Cause cause) => cause.Kind == CauseKind.New && cause.Segment.Where.ToHashSet().SetEquals(fault);
            first += causes.Count > 0 && IsRight(causes[0]) ? 1 : 0;
            amongThree += causes.Any(IsRight) ? 1 : 0;
        }

        Assert.InRange(first, 0.80 * Runs, Runs);
        Assert.InRange(amongThree, 0.95 * Runs, Runs);
    }

    /// <summary>And a harmless one blamed in at most 5 % of 200.</summary>
    [Fact]
    public void Explain_HarmlessReleases_NamesACauseInAtMostFivePercent()
    {
        var named = Enumerable.Range(1000, Runs).Count(seed => CauseFinder.Explain(Window(new Random(seed), [], loss: 0)).Causes.Count > 0);

        Assert.InRange(named, 0, 0.05 * Runs);
    }

    private static DimensionValue[] Fault(Random random, int more)
    {
        DimensionValue[] others = [new("network", Networks[random.Next(Networks.Length)]), new("os", Systems[random.Next(Systems.Length)])];
        return [new(Version, "2.1"), .. others[..more]];
    }

    private static CauseInput Window(Random random, DimensionValue[] fault, double loss)
    {
        var fleet = default(DeviceSums);
        var leaves = new List<CauseElement>();
        var reached = 1 / 3.0 + (random.NextDouble() / 3);
        foreach (var os in Systems)
        {
            foreach (var network in Networks)
            {
                var rate = 0.02 + (network == "cellular" ? 0.05 : 0) + (os == "windows" ? 0.02 : 0);
                var updated = 0;
                foreach (var version in Installed)
                {
                    var devices = 100 + random.Next(100);
                    var leaving = (int)(devices * reached);
                    updated += leaving;
                    leaves.Add(new CauseElement(
                        Where(version, os, network), Count(random, devices, rate, 0, ref fleet),
                        Count(random, devices - leaving, rate * (1 - (Selection * leaving / (devices - leaving))), 0, ref fleet)));
                }

                DimensionValue[] where = Where("2.1", os, network);
                leaves.Add(new CauseElement(where, default, Count(random, updated, rate * (1 + Selection), fault.Length > 0 && fault.All(where.Contains) ? loss : 0, ref fleet)));
            }
        }

        return new CauseInput
        {
            Before = Segments.Sum(leaves.Select(leaf => leaf.Before)),
            Now = Segments.Sum(leaves.Select(leaf => leaf.Now)),
            Elements = Segments.Of(leaves),
            Succession = Version,
            DesignEffect = Math.Max(1, fleet.Estimate()!.Value.DesignEffect),
        };
    }

    private static DimensionValue[] Where(string version, string os, string network) => [new(Version, version), new("os", os), new("network", network)];

    /// <summary>Devices of 10 attempts, each a little better or worse than its segment, and as much worse as the fault.</summary>
    private static CauseCounts Count(Random random, int devices, double rate, double loss, ref DeviceSums fleet)
    {
        var failures = 0;
        for (var device = 0; device < devices; device++)
        {
            var own = (rate * 2 * random.NextDouble()) + loss;
            var failed = Enumerable.Range(0, 10).Count(_ => random.NextDouble() < own);
            failures += failed;
            fleet += DeviceSums.OfDevice(10, failed);
        }

        return new CauseCounts(devices * 10, failures, devices);
    }
}
