using SyncHealth.Statistics.Devices;
using SyncHealth.Statistics.Verdicts;

namespace SyncHealth.Storage.Verdicts;

/// <summary>The rows of <c>VerdictSums.sql</c> as what a verdict is made of. Strata stand in the order of their names: the order of rows must not move a digit.</summary>
internal sealed class VerdictSums
{
    private const int ReleaseArm = 1;

    private readonly ILookup<string, VerdictRow> _parts;

    public VerdictSums(IEnumerable<VerdictRow> rows) => _parts = rows.ToLookup(row => row.Part, StringComparer.Ordinal);

    public IReadOnlyList<StratumTotals> Strata => TotalsOf("stratum");

    public IReadOnlyList<StratumTotals> Before => TotalsOf("before");

    /// <summary>Each device once; null without any.</summary>
    public StratumTotals? Totals => TotalsOf("total") is [var only] ? only : null;

    public IReadOnlyList<SharedDevices> Shared =>
    [
        .. from row in _parts["shared"]
           group row by (First: StratumOf(row), Second: OtherOf(row)) into pair
           orderby pair.Key.First.Name, pair.Key.Second.Name
           select new SharedDevices(pair.Key.First, pair.Key.Second, Sum(pair, isRelease: true, OverlapOf, ArmOverlap.Add), Sum(pair, isRelease: false, OverlapOf, ArmOverlap.Add)),
    ];

    public IReadOnlyList<StratumChanges> Moved =>
    [
        .. from row in _parts["moved"]
           group row by StratumOf(row) into stratum
           orderby stratum.Key.Name
           select new StratumChanges(stratum.Key, Sum(stratum, isRelease: true, ChangesOf, ArmChanges.Add), Sum(stratum, isRelease: false, ChangesOf, ArmChanges.Add)),
    ];

    private IReadOnlyList<StratumTotals> TotalsOf(string part) =>
    [
        .. from row in _parts[part]
           group row by StratumOf(row) into stratum
           orderby stratum.Key.Name
           select new StratumTotals(stratum.Key, Sum(stratum, isRelease: true, TotalsOf, ArmTotals.Add), Sum(stratum, isRelease: false, TotalsOf, ArmTotals.Add)),
    ];

    private static T Sum<T>(IEnumerable<VerdictRow> rows, bool isRelease, Func<VerdictRow, T> read, Func<T, T, T> add)
        where T : struct =>
        rows.Where(row => row.Arm == ReleaseArm == isRelease).Select(read).Aggregate(default, add);

    private static Stratum StratumOf(VerdictRow row) => new(row.Os, row.Network, row.Version);

    private static Stratum OtherOf(VerdictRow row) => new(row.OtherOs, row.OtherNetwork, row.OtherVersion);

    private static ArmTotals TotalsOf(VerdictRow row) => new(
        SumsOf(row, row.Successes, row.SuccessesSquared, row.SuccessProducts, row.SuccessShares),
        SumsOf(row, row.Slow, row.SlowSquared, row.SlowProducts, row.SlowShares),
        SumsOf(row, row.Conflicted, row.ConflictedSquared, row.ConflictedProducts, row.ConflictedShares));

    private static DeviceSums SumsOf(VerdictRow row, decimal events, decimal squared, decimal products, decimal shares) =>
        new((long)row.Devices, (long)row.Attempts, (long)events, (Int128)row.AttemptsSquared, (Int128)squared, (Int128)products, (long)shares);

    private static ArmOverlap OverlapOf(VerdictRow row) => new(
        new DeviceOverlap((Int128)row.AttemptsSquared, (Int128)row.SuccessProducts, (Int128)row.SuccessShares, (Int128)row.SuccessesSquared),
        new DeviceOverlap((Int128)row.AttemptsSquared, (Int128)row.SlowProducts, (Int128)row.SlowShares, (Int128)row.SlowSquared),
        new DeviceOverlap((Int128)row.AttemptsSquared, (Int128)row.ConflictedProducts, (Int128)row.ConflictedShares, (Int128)row.ConflictedSquared));

    private static ArmChanges ChangesOf(VerdictRow row) => new(
        new DeviceChanges((long)row.Devices, (long)row.Successes, (Int128)row.SuccessesSquared),
        new DeviceChanges((long)row.Devices, (long)row.Slow, (Int128)row.SlowSquared),
        new DeviceChanges((long)row.Devices, (long)row.Conflicted, (Int128)row.ConflictedSquared));
}
