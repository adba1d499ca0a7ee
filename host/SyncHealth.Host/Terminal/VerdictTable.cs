using System.Globalization;
using System.Text;
using System.Text.Json;

namespace SyncHealth.Host.Terminal;

/// <summary>An answer of <c>/api/v1/releases/{version}/verdict</c>: the sentence, a line a metric, and a line a segment that could be judged.</summary>
internal static class VerdictTable
{
    private static readonly string NewLine = Environment.NewLine;

    public static string Render(JsonElement answer)
    {
        var (release, baseline) = (Text(answer, "release"), Text(answer, "baseline"));
        var text = new StringBuilder(Text(answer, "sentence")).Append(NewLine).Append(NewLine);
        var metrics = new TextTable(["", release, baseline.Length == 0 ? "–" : baseline, "difference", "between", "p", "verdict"], 1);
        foreach (var metric in answer.GetProperty("metrics").EnumerateObject())
            metrics.Add([metric.Name.Replace('_', ' '), Percent(metric.Value, "release"), Percent(metric.Value, "baseline"), .. Difference(metric.Value)]);
        text.Append(metrics);

        var segments = new TextTable(["segment", "devices", "difference", "between", "p", "verdict"], 1);
        foreach (var segment in answer.GetProperty("segments").EnumerateArray().Where(segment => Text(segment, "verdict") != "insufficient"))
            segments.Add([Named(segment.GetProperty("by")), Devices(segment), .. Difference(segment.GetProperty("metrics").GetProperty("success_rate"))[..^1], Words(segment)]);
        if (segments.Rows > 0)
            text.Append(NewLine).Append("success rate by segment").Append(NewLine).Append(segments);
        return text.Append(NewLine).Append(Basis(answer)).Append(NewLine).ToString();
    }

    /// <summary>Difference, interval, p-value, verdict.</summary>
    private static string[] Difference(JsonElement metric) => Number(metric, "difference") is { } difference
        ? [Points(difference), $"{Points(Number(metric, "low")!.Value)} to {Points(Number(metric, "high")!.Value)}", P(Number(metric, "pValue")!.Value), Words(metric)]
        : ["–", "–", "–", Words(metric)];

    private static string Basis(JsonElement answer)
    {
        var sample = answer.GetProperty("sample");
        var arms = $"{Count(sample, "release", "devices")} devices and {Count(sample, "release", "attempts")} attempts against {Count(sample, "baseline", "devices")} and {Count(sample, "baseline", "attempts")}";
        var one = answer.GetProperty("oneDeviceIn").GetInt32();
        var days = answer.GetProperty("days").GetInt32();
        return $"{arms}, in {days} {(days == 1 ? "day" : "days")} up to {Moment(answer.GetProperty("watermark").GetDateTimeOffset())}{(one == 1 ? "" : string.Create(CultureInfo.InvariantCulture, $"; one device in {one} was asked"))}.";
    }

    private static string Moment(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture);

    private static string Named(JsonElement by) => string.Join(", ", by.EnumerateObject().Select(value => value.Value.GetString() is { Length: > 0 } name ? name : "(unknown)"));

    private static string Devices(JsonElement segment) =>
        $"{Count(segment.GetProperty("sample"), "release", "devices")} / {Count(segment.GetProperty("sample"), "baseline", "devices")}";

    private static string Words(JsonElement element) => Text(element, "verdict").Replace('_', ' ');

    private static string Text(JsonElement element, string name) => element.GetProperty(name).GetString() ?? "";

    private static double? Number(JsonElement element, string name) => element.GetProperty(name) is { ValueKind: JsonValueKind.Number } number ? number.GetDouble() : null;

    private static string Count(JsonElement sample, string arm, string name) => sample.GetProperty(arm).GetProperty(name).GetInt64().ToString("N0", CultureInfo.InvariantCulture);

    private static string Percent(JsonElement element, string name) => Number(element, name) is { } rate ? rate.ToString("0.0", CultureInfo.InvariantCulture) + " %" : "–";

    private static string Points(double value) => value.ToString("+0.0;-0.0;0.0", CultureInfo.InvariantCulture);

    private static string P(double value) => value < 0.0001 ? "<0.0001" : value.ToString("0.0000", CultureInfo.InvariantCulture);
}
