using SyncHealth.Statistics.Causes;
using Xunit;

namespace SyncHealth.Statistics.Tests.Causes;

/// <summary>A release has no time before it: it is held against what was in its place.</summary>
public sealed class NewReleaseTests
{
    private const string Version = "app_version";

    [Fact]
    public void Explain_NewReleaseFailsOverOneNetwork_NamesTheTwoAsOneAndAsNew()
    {
        var cause = Assert.Single(CauseFinder.Explain(Rollout((_, network) => network == "cellular" ? 0.4 : 0)).Causes);

        Assert.Equal((CauseKind.New, "app_version 2, network cellular"), (cause.Kind, cause.Segment.Name));
        Assert.True(cause.IsNew);
        Assert.InRange(cause.Explained, 0.95, 1.05);
        Assert.Equal(0.05, cause.RateBefore!.Value, 1e-3);
        Assert.Equal(0.45, cause.Segment.Now.Rate, 1e-3);
    }

    [Fact]
    public void Explain_NewReleaseFailsEverywhere_NamesTheReleaseAlone()
    {
        var cause = Assert.Single(CauseFinder.Explain(Rollout((_, _) => 0.2)).Causes);

        Assert.Equal((CauseKind.New, "app_version 2"), (cause.Kind, cause.Segment.Name));
    }

    [Fact]
    public void Explain_NewReleaseFailsOverOneNetworkOfOneSystem_NamesAllThree()
    {
        var cause = Assert.Single(CauseFinder.Explain(Rollout((os, network) => os == "ios" && network == "cellular" ? 0.5 : 0)).Causes);

        Assert.Equal((CauseKind.New, "app_version 2, os ios, network cellular"), (cause.Kind, cause.Segment.Name));
    }

    /// <summary>A handful of testers had it before: too few for a past of their own.</summary>
    [Fact]
    public void Explain_AFewDevicesHadItBefore_IsStillNew()
    {
        var rollout = Rollout((_, network) => network == "cellular" ? 0.4 : 0, testers: CauseLimits.MinimumDevices - 1);

        Assert.Equal(CauseKind.New, Assert.Single(CauseFinder.Explain(rollout).Causes).Kind);
    }

    /// <summary>A rollout's first third is judged as soon as it has devices enough itself: what is lent to it comes from all of its place.</summary>
    [Fact]
    public void Explain_YoungRelease_IsJudgedByItsOwnDevicesAndItsWholePlace()
    {
        var causes = CauseFinder.Explain(Rollout((_, network) => network == "cellular" ? 0.6 : 0, devices: 35, reached: 10)).Causes;

        Assert.Equal((CauseKind.New, "app_version 2, network cellular"), (causes[0].Kind, causes[0].Segment.Name));
        Assert.True(causes[0].Segment.Before.Devices <= CauseLimits.MinimumDevices);
    }

    /// <summary>What gets worse on both versions is not the release's doing, however many devices run it.</summary>
    [Fact]
    public void Explain_NetworkGotWorseWhileAHarmlessReleaseRollsOut_NamesTheNetwork()
    {
        var cause = Assert.Single(CauseFinder.Explain(Rollout((_, _) => 0, onEveryVersion: (_, network) => network == "cellular" ? 0.3 : 0)).Causes);

        Assert.Equal((CauseKind.GotWorse, "network cellular"), (cause.Kind, cause.Segment.Name));
    }

    [Fact]
    public void Explain_NewReleaseAndAnOldVersionsServer_NamesBoth()
    {
        var causes = CauseFinder.Explain(Rollout(
            (_, network) => network == "cellular" ? 0.4 : 0, onEveryVersion: (os, network) => os == "windows" && network == "wifi" ? 0.3 : 0)).Causes;

        Assert.Equal(
            [(CauseKind.New, "app_version 2, network cellular"), (CauseKind.GotWorse, "os windows, network wifi")],
            causes.Select(cause => (cause.Kind, cause.Segment.Name)));
    }

    /// <summary>Who updates first may always have failed more: then others fail less than before, and the place as a whole as ever.</summary>
    [Fact]
    public void Explain_ReleaseTakenByDevicesThatAlwaysFailedMore_IsNotBlamed()
    {
        var causes = CauseFinder.Explain(Rollout((_, network) => network == "cellular" ? 0.08 : 0.02, left: (_, network) => network == "cellular" ? -0.0798 : -0.0198)).Causes;

        Assert.DoesNotContain(causes, cause => cause.Segment.Where.Any(value => value.Dimension == Version));
    }

    [Fact]
    public void Explain_ValuesThatDoNotTakeEachOthersPlace_HaveNoPastLent() =>
        Assert.DoesNotContain(CauseFinder.Explain(Rollout((_, network) => network == "cellular" ? 0.4 : 0) with { Succession = null }).Causes, cause => cause.Kind == CauseKind.New);

    /// <summary>A release on half of the fleet, 600 devices in each of six places unless said otherwise; rates of 5 % everywhere before.</summary>
    /// <param name="breaks">What the release adds to the rate of failures, by system and network.</param>
    /// <param name="onEveryVersion">What happens to both.</param>
    /// <param name="left">What happens to the devices that stay on the old version.</param>
    /// <param name="testers">Devices that had it before, over all places.</param>
    private static CauseInput Rollout(
        Func<string, string, double> breaks, Func<string, string, double>? onEveryVersion = null, Func<string, string, double>? left = null, int testers = 0,
        int devices = 600, int reached = 300)
    {
        var leaves = new List<CauseElement>();
        foreach (var os in (string[])["android", "ios", "windows"])
        {
            foreach (var network in (string[])["wifi", "cellular"])
            {
                var both = 0.05 + (onEveryVersion?.Invoke(os, network) ?? 0);
                leaves.Add(Leaf("1", os, network, Counts(devices - (testers / 6), 0.05), Counts(devices - reached, both + (left?.Invoke(os, network) ?? 0))));
                leaves.Add(Leaf("2", os, network, Counts(testers / 6, 0.05), Counts(reached, both + breaks(os, network))));
            }
        }

        return new CauseInput { Before = Sum(leaves.Select(leaf => leaf.Before)), Now = Sum(leaves.Select(leaf => leaf.Now)), Elements = Segments.Of(leaves), Succession = Version, DesignEffect = 2 };
    }

    private static CauseElement Leaf(string version, string os, string network, CauseCounts before, CauseCounts now) =>
        new([new(Version, version), new("os", os), new("network", network)], before, now);

    /// <summary>Ten attempts a device.</summary>
    private static CauseCounts Counts(int devices, double rate) => new(10 * devices, (long)Math.Round(10 * devices * rate), devices);

    private static CauseCounts Sum(IEnumerable<CauseCounts> counts) => Segments.Sum(counts);
}
