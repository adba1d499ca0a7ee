using System.Globalization;
using System.Xml.Linq;

namespace SyncHealth.Host.Suite;

/// <summary>How many tests of a run passed, failed and were skipped.</summary>
internal readonly record struct SuiteCounts(int Passed, int Failed, int Skipped)
{
    public static SuiteCounts operator +(SuiteCounts left, SuiteCounts right) =>
        new(left.Passed + right.Passed, left.Failed + right.Failed, left.Skipped + right.Skipped);

    /// <summary>Reads the outcomes of a <c>.trx</c> report. A run that left none, or ended badly without a failed test, counts as one failure.</summary>
    public static SuiteCounts Read(string trxFile, int exitCode)
    {
        if (!File.Exists(trxFile))
            return new SuiteCounts(0, 1, 0);

        var outcomes = XDocument.Load(trxFile).Descendants()
            .Where(element => element.Name.LocalName == "UnitTestResult")
            .CountBy(element => (string?)element.Attribute("outcome") ?? "", StringComparer.Ordinal)
            .ToDictionary(StringComparer.Ordinal);
        var passed = outcomes.GetValueOrDefault("Passed");
        var skipped = outcomes.GetValueOrDefault("NotExecuted");
        var failed = outcomes.Values.Sum() - passed - skipped;
        return new SuiteCounts(passed, failed == 0 && exitCode != 0 ? 1 : failed, skipped);
    }

    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Passed} passed, {Failed} failed, {Skipped} skipped");
}
