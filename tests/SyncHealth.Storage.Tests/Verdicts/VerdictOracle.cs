using SyncHealth.Statistics.Verdicts;
using SyncHealth.Storage.Tests.Vitals;
using SyncHealth.Storage.Vitals;

namespace SyncHealth.Storage.Tests.Verdicts;

/// <summary>The same verdict from the events themselves, device by device, without SQL.</summary>
internal static class VerdictOracle
{
    public static ReleaseVerdict Judge(IReadOnlyList<Attempt> attempts, string release, string baseline, DateTimeOffset since, DateTimeOffset now)
    {
        var all = attempts.Where(attempt => attempt is { IsAttempt: true, Device: not null }).ToArray();
        var compared = all.Where(attempt => attempt.At >= since && (attempt.Version == release || attempt.Version == baseline)).ToArray();
        var slow = SlowBucket(compared.Where(attempt => attempt.Version == baseline));
        var adopters = compared.Where(attempt => attempt.Version == release).Select(attempt => attempt.Device).ToHashSet();
        var asked = compared.Select(attempt => attempt.Device).ToHashSet();
        var before = all.Where(attempt => attempt.At < since && attempt.At >= since.AddDays(-7) && asked.Contains(attempt.Device)).ToArray();
        bool IsRelease(Attempt attempt) => attempt.Version == release;
        bool IsAdopter(Attempt attempt) => adopters.Contains(attempt.Device);
        return ReleaseJudge.Judge(new VerdictInput
        {
            Release = release,
            Baseline = baseline,
            Watermark = now,
            Strata = Strata(compared, IsRelease, slow),
            Totals = new StratumTotals(new("", ""), Arm(compared.Where(IsRelease), slow), Arm(compared.Where(attempt => !IsRelease(attempt)), slow)),
            Shared = Shared(compared, IsRelease, slow),
            Placebo = Strata(before, IsAdopter, slow),
            Changes = Moved(compared, before, IsRelease, adopters, slow),
        });
    }

    /// <summary>The bucket of the 99th of a hundred.</summary>
    private static int SlowBucket(IEnumerable<Attempt> attempts)
    {
        var buckets = attempts.Select(attempt => DurationSketch.BucketOf(attempt.DurationMs)).Order().ToArray();
        return buckets[(int)Math.Ceiling(0.99m * buckets.Length) - 1];
    }

    private static StratumTotals[] Strata(IReadOnlyList<Attempt> attempts, Func<Attempt, bool> isRelease, int slow) =>
    [
        .. attempts.GroupBy(StratumOf).OrderBy(group => group.Key.Name)
            .Select(group => new StratumTotals(group.Key, Arm(group.Where(isRelease), slow), Arm(group.Where(attempt => !isRelease(attempt)), slow))),
    ];

    private static ArmTotals Arm(IEnumerable<Attempt> attempts, int slow) =>
        attempts.GroupBy(attempt => attempt.Device).Select(device => Counts(device, slow)).Aggregate(default(ArmTotals), (sum, device) => sum + ArmTotals.OfDevice(device.M, device.S, device.W, device.C));

    private static SharedDevices[] Shared(IReadOnlyList<Attempt> attempts, Func<Attempt, bool> isRelease, int slow)
    {
        var strata = attempts.Select(StratumOf).Distinct().OrderBy(stratum => stratum.Os, StringComparer.Ordinal).ThenBy(stratum => stratum.Network, StringComparer.Ordinal).ToArray();
        return
        [
            .. from first in strata
               from second in strata
               where Array.IndexOf(strata, first) < Array.IndexOf(strata, second)
               where Both(attempts, first, second, _ => true).Any()
               orderby first.Name, second.Name
               select new SharedDevices(first, second, Overlap(Both(attempts, first, second, isRelease), slow), Overlap(Both(attempts, first, second, attempt => !isRelease(attempt)), slow)),
        ];
    }

    private static IEnumerable<(Attempt[] First, Attempt[] Second)> Both(IReadOnlyList<Attempt> attempts, Stratum first, Stratum second, Func<Attempt, bool> arm) =>
        attempts.Where(arm).GroupBy(attempt => attempt.Device)
            .Select(device => (First: device.Where(attempt => StratumOf(attempt) == first).ToArray(), Second: device.Where(attempt => StratumOf(attempt) == second).ToArray()))
            .Where(device => device.First.Length > 0 && device.Second.Length > 0);

    private static ArmOverlap Overlap(IEnumerable<(Attempt[] First, Attempt[] Second)> devices, int slow) =>
        devices.Select(device => (A: Counts(device.First, slow), B: Counts(device.Second, slow))).Aggregate(default(ArmOverlap), (sum, both) => sum + new ArmOverlap(
            Statistics.Devices.DeviceOverlap.OfDevice(both.A.M, both.A.S, both.B.M, both.B.S),
            Statistics.Devices.DeviceOverlap.OfDevice(both.A.M, both.A.W, both.B.M, both.B.W),
            Statistics.Devices.DeviceOverlap.OfDevice(both.A.M, both.A.C, both.B.M, both.B.C)));

    private static StratumChanges[] Moved(IReadOnlyList<Attempt> compared, IReadOnlyList<Attempt> before, Func<Attempt, bool> isRelease, HashSet<long?> adopters, int slow)
    {
        var earlier = before.GroupBy(attempt => attempt.Device).ToDictionary(device => device.Key!.Value, device => Counts(device, slow));
        return
        [
            .. from attempt in compared
               where isRelease(attempt) == adopters.Contains(attempt.Device) && earlier.ContainsKey(attempt.Device!.Value)
               group attempt by (attempt.Device, Arm: isRelease(attempt)) into device
               let most = device.GroupBy(StratumOf).OrderByDescending(stratum => stratum.Count()).ThenBy(stratum => stratum.Key.Os, StringComparer.Ordinal).ThenBy(stratum => stratum.Key.Network, StringComparer.Ordinal).First().Key
               group Changes(earlier[device.Key.Device!.Value], Counts(device, slow), device.Key.Arm) by most into stratum
               orderby stratum.Key.Name
               select new StratumChanges(stratum.Key, stratum.Aggregate(default(ArmChanges), (sum, one) => sum + one.Release), stratum.Aggregate(default(ArmChanges), (sum, one) => sum + one.Baseline)),
        ];
    }

    private static (ArmChanges Release, ArmChanges Baseline) Changes((long M, long S, long W, long C) before, (long M, long S, long W, long C) after, bool isRelease)
    {
        var changes = new ArmChanges(
            Statistics.Devices.DeviceChanges.OfDevice(before.M, before.S, after.M, after.S),
            Statistics.Devices.DeviceChanges.OfDevice(before.M, before.W, after.M, after.W),
            Statistics.Devices.DeviceChanges.OfDevice(before.M, before.C, after.M, after.C));
        return isRelease ? (changes, default) : (default, changes);
    }

    private static (long M, long S, long W, long C) Counts(IEnumerable<Attempt> attempts, int slow)
    {
        var all = attempts.ToArray();
        return (all.Length, all.Count(attempt => attempt.IsSuccess), all.Count(attempt => DurationSketch.BucketOf(attempt.DurationMs) > slow), all.Count(attempt => attempt.Conflicts > 0));
    }

    private static Stratum StratumOf(Attempt attempt) => new(attempt.Os, attempt.Network);
}
