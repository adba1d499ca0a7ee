using System.Globalization;
using System.Text;
using System.Text.Json;

namespace SyncHealth.Host.Terminal;

/// <summary>The report of <c>/api/v1/doctor</c>: figures first, then one line per finding with its remedy.</summary>
internal static class DoctorText
{
    /// <summary>Tables smaller than this are summed up in one line.</summary>
    private const long SmallTableBytes = 1 << 20;

    private static readonly string[] Counts = ["parts", "liveRows", "deadRows"];
    private static readonly string[] Sized = ["tableBytes", "indexBytes", "totalBytes"];

    public static string Render(JsonElement report)
    {
        var text = new StringBuilder();
        if (report.GetProperty("facts") is { ValueKind: JsonValueKind.Object } facts)
            AppendFigures(text, report, facts);

        var findings = report.GetProperty("findings").EnumerateArray().ToArray();
        text.AppendLine(findings.Length == 0 ? "Nothing to change." : $"{findings.Length} to change:");
        foreach (var finding in findings)
            text.AppendLine(CultureInfo.InvariantCulture, $"  {finding.GetProperty("code").GetString()}: {finding.GetProperty("what").GetString()} → {finding.GetProperty("remedy").GetString()}");
        return text.ToString();
    }

    private static void AppendFigures(StringBuilder text, JsonElement report, JsonElement facts)
    {
        var processes = report.GetProperty("processes").EnumerateArray().Select(process => process.GetProperty("name").GetString()).ToArray();
        text.AppendLine(CultureInfo.InvariantCulture, $"Postgres {facts.GetProperty("serverVersion").GetString()}, schema {report.GetProperty("schema").GetInt32()}, {Bytes(Number(facts, "databaseBytes"))} in all");
        text.AppendLine(CultureInfo.InvariantCulture, $"Ingest: {processes.Length} processes{(processes.Length == 0 ? "" : $" ({string.Join(", ", processes)})")}");
        text.AppendLine(CultureInfo.InvariantCulture, $"Fold: {Number(facts, "unfoldedCounts"):N0} counts and {Number(facts, "unfoldedDevices"):N0} device rows wait{Since(report, facts)}");
        text.AppendLine(CultureInfo.InvariantCulture, $"Partitions: {Number(facts, "partitions"):N0} days, the last {Day(facts, "lastPartition")}; {Number(facts, "defaultRows"):N0} events in the default partition");
        text.AppendLine(CultureInfo.InvariantCulture, $"Oldest transaction: {(facts.GetProperty("oldestTransactionSeconds") is { ValueKind: JsonValueKind.Number } age ? $"{age.GetDouble():0} s" : "none")}");
        text.AppendLine(CultureInfo.InvariantCulture, $"Keys: {Number(facts, "liveKeys"):N0} live, {Number(facts, "pausedKeys"):N0} paused");
        text.AppendLine(CultureInfo.InvariantCulture, $"Erased on request: devices {Number(facts, "erasedDevices"):N0}, users {Number(facts, "erasedUsers"):N0}; the last {Day(facts, "lastErasureAt")}");
        text.AppendLine().Append(Sizes([.. report.GetProperty("tables").EnumerateArray()])).AppendLine();
    }

    private static string Sizes(JsonElement[] tables)
    {
        var table = new TextTable(["table", "parts", "rows", "dead", "data", "indexes", "total"], leftAligned: 1);
        var small = tables.Where(row => Number(row, "totalBytes") < SmallTableBytes).ToArray();
        foreach (var row in tables.Except(small))
            table.Add([row.GetProperty("name").GetString()!, .. Cells([row])]);
        if (small.Length > 0)
            table.Add([$"{small.Length} small ones", .. Cells(small)]);
        return table.ToString();
    }

    private static string[] Cells(JsonElement[] rows) =>
    [
        .. Counts.Select(name => rows.Sum(row => Number(row, name)).ToString("N0", CultureInfo.InvariantCulture)),
        .. Sized.Select(name => Bytes(rows.Sum(row => Number(row, name)))),
    ];

    private static string Since(JsonElement report, JsonElement facts) =>
        facts.GetProperty("oldestUnfoldedAt") is { ValueKind: JsonValueKind.String } oldest
            ? string.Create(CultureInfo.InvariantCulture, $", the oldest for {Math.Max(0, (report.GetProperty("at").GetDateTimeOffset().UtcDateTime - oldest.GetDateTime().ToUniversalTime()).TotalSeconds):0} s")
            : "";

    private static string Day(JsonElement facts, string name) =>
        facts.GetProperty(name) is { ValueKind: JsonValueKind.String } day ? day.GetDateTime().ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) : "never";

    private static long Number(JsonElement element, string name) => element.GetProperty(name) is { ValueKind: JsonValueKind.Number } number ? number.GetInt64() : 0;

    private static string Bytes(long bytes) => bytes switch
    {
        < 1 << 20 => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1024.0:0} KiB"),
        < 1 << 30 => string.Create(CultureInfo.InvariantCulture, $"{bytes / (double)(1 << 20):0.0} MiB"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{bytes / (double)(1 << 30):0.0} GiB"),
    };
}
