using SyncHealth.Statistics.Verdicts;

namespace SyncHealth.Statistics.Tests.Verdicts;

/// <summary>A simulated fleet with a known truth: every device syncs on wifi and cellular, half a week before the upgrade and half a week after.</summary>
internal sealed class Fleet
{
    private static readonly string[] Systems = ["android", "ios"];
    private static readonly string[] Networks = ["wifi", "cellular"];

    private readonly Dictionary<Stratum, (ArmTotals Release, ArmTotals Baseline)> _after = [];
    private readonly Dictionary<Stratum, (ArmTotals Release, ArmTotals Baseline)> _before = [];
    private readonly Dictionary<Stratum, (ArmChanges Release, ArmChanges Baseline)> _changes = [];
    private readonly Dictionary<string, (ArmOverlap Release, ArmOverlap Baseline)> _shared = [];
    private ArmTotals _release;
    private ArmTotals _baseline;

    /// <summary>What the release does to the success rate of a stratum.</summary>
    public Func<Stratum, double> Effect { get; init; } = _ => 0;

    /// <summary>By how much adopters' phones are better than others', which no stratum shows.</summary>
    public double AdoptersQuality { get; init; }

    /// <summary>Share of adopters' attempts on wifi.</summary>
    public double AdoptersWifi { get; init; } = 0.6;

    /// <summary>Mean attempts of a device in each period.</summary>
    public int Attempts { get; init; } = 10;

    /// <summary>Adds devices to both arms.</summary>
    public Fleet Grow(Random random, int perArm)
    {
        for (var device = 0; device < perArm; device++)
        {
            Add(random, isRelease: true);
            Add(random, isRelease: false);
        }

        return this;
    }

    public VerdictInput Input(bool withPast = true) => new()
    {
        Release = "2.0",
        Baseline = "1.9",
        Watermark = new DateTimeOffset(2026, 8, 22, 0, 0, 0, TimeSpan.Zero),
        Strata = [.. _after.Select(row => new StratumTotals(row.Key, row.Value.Release, row.Value.Baseline))],
        Totals = new StratumTotals(new Stratum("all", "all"), _release, _baseline),
        Shared = [.. _shared.Select(row => new SharedDevices(new Stratum(row.Key, "wifi"), new Stratum(row.Key, "cellular"), row.Value.Release, row.Value.Baseline))],
        Placebo = withPast ? [.. _before.Select(row => new StratumTotals(row.Key, row.Value.Release, row.Value.Baseline))] : [],
        Changes = withPast ? [.. _changes.Select(row => new StratumChanges(row.Key, row.Value.Release, row.Value.Baseline))] : [],
    };

    private void Add(Random random, bool isRelease)
    {
        var os = Systems[random.NextDouble() < 0.6 ? 0 : 1];
        var quality = (isRelease ? AdoptersQuality : 0) + (0.06 * (random.NextDouble() - 0.5));
        var wifi = isRelease ? AdoptersWifi : 0.6;
        var before = Networks.Select(network => Week(random, new Stratum(os, network), wifi, quality, 0)).ToArray();
        var after = Networks.Select(network => Week(random, new Stratum(os, network), wifi, quality, isRelease ? Effect(new Stratum(os, network)) : 0)).ToArray();
        for (var network = 0; network < Networks.Length; network++)
        {
            Count(_before, new Stratum(os, Networks[network]), before[network].Arm, isRelease);
            Count(_after, new Stratum(os, Networks[network]), after[network].Arm, isRelease);
        }

        var whole = after[0] + after[1];
        if (isRelease)
            _release += whole.Arm;
        else
            _baseline += whole.Arm;
        CountShared(os, after[0].Overlap(after[1]), isRelease);
        CountChange(new Stratum(os, Networks[after[0].Attempts >= after[1].Attempts ? 0 : 1]), (before[0] + before[1]).Change(whole), isRelease);
    }

    private DeviceWeek Week(Random random, Stratum stratum, double wifi, double quality, double effect)
    {
        var rate = (stratum.Network == "wifi" ? 0.96 : 0.90) + (stratum.Os == "ios" ? 0.01 : 0) + quality + effect;
        var mean = Attempts * (stratum.Network == "wifi" ? wifi : 1 - wifi);
        var attempts = Draw(random, 2 * Attempts, mean / (2 * Attempts));
        return new DeviceWeek(attempts, Draw(random, attempts, rate), Draw(random, attempts, 0.02), Draw(random, attempts, 0.04));
    }

    private static void Count(Dictionary<Stratum, (ArmTotals Release, ArmTotals Baseline)> rows, Stratum stratum, ArmTotals device, bool isRelease)
    {
        var (release, baseline) = rows.GetValueOrDefault(stratum);
        rows[stratum] = isRelease ? (release + device, baseline) : (release, baseline + device);
    }

    private void CountShared(string os, ArmOverlap device, bool isRelease)
    {
        var (release, baseline) = _shared.GetValueOrDefault(os);
        _shared[os] = isRelease ? (release + device, baseline) : (release, baseline + device);
    }

    private void CountChange(Stratum stratum, ArmChanges device, bool isRelease)
    {
        var (release, baseline) = _changes.GetValueOrDefault(stratum);
        _changes[stratum] = isRelease ? (release + device, baseline) : (release, baseline + device);
    }

    private static int Draw(Random random, int trials, double rate)
    {
        var count = 0;
        for (var trial = 0; trial < trials; trial++)
            count += random.NextDouble() < rate ? 1 : 0;
        return count;
    }
}
