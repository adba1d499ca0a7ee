using System.Globalization;
using System.Text;
using System.Text.Json;

namespace SyncHealth.Host.Terminal;

/// <summary>An answer of <c>/api/v1/causes</c> in words and a table.</summary>
internal static class CauseText
{
    private static readonly string[] Columns = ["what happened", "of the drop", "failed before", "failed since", "devices"];

    public static string Render(JsonElement answer)
    {
        var change = answer.GetProperty("change").GetDouble();
        var text = new StringBuilder()
            .AppendLine($"Failures from {Moment(answer, "from")} to {Moment(answer, "to")} UTC, against {Moment(answer, "beforeFrom")} to {Moment(answer, "beforeTo")}: {Signed(change)} points of attempts")
            .AppendLine($"({Signed(answer.GetProperty("gotWorse").GetDouble())} from segments that got worse, {Signed(answer.GetProperty("mixMoved").GetDouble())} from traffic that moved between them).")
            .AppendLine();
        var causes = answer.GetProperty("causes").EnumerateArray().ToArray();
        if (change <= 0)
            return text.AppendLine("The success rate did not drop.").ToString();
        if (causes.Length == 0)
            text.AppendLine(answer.GetProperty("enough").GetBoolean() ? "No single dimension explains this." : "Too few devices to name a cause.");
        else
            text.Append(Table(causes, [.. answer.GetProperty("dimensions").EnumerateArray().Select(name => name.GetString()!)]));
        foreach (var error in answer.GetProperty("errors").EnumerateArray())
            text.AppendLine($"error {Named(error.GetProperty("kind"))} {Named(error.GetProperty("code"))}: {Share(error.GetProperty("explained").GetDouble())} of the drop");
        return text.ToString();
    }

    private static TextTable Table(JsonElement[] causes, string[] dimensions)
    {
        var table = new TextTable([.. dimensions, .. Columns], dimensions.Length + 1);
        foreach (var cause in causes)
            table.Add(
            [
                .. dimensions.Select(name => cause.GetProperty("by").TryGetProperty(name, out var value) ? Named(value) : "any"),
                cause.GetProperty("kind").GetString()!.Replace('_', ' '),
                Share(cause.GetProperty("explained").GetDouble()),
                cause.GetProperty("failureRateBefore") is { ValueKind: JsonValueKind.Number } before ? Percent(before.GetDouble()) : "–",
                Percent(cause.GetProperty("failureRate").GetDouble()),
                cause.GetProperty("devices").GetInt64().ToString("N0", CultureInfo.InvariantCulture),
            ]);
        return table;
    }

    private static string Moment(JsonElement answer, string name) => answer.GetProperty(name).GetDateTimeOffset().ToUniversalTime().ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);

    private static string Named(JsonElement value) => value.GetString() is { Length: > 0 } text ? text : "(unknown)";

    private static string Signed(double points) => points.ToString("+0.0;-0.0;0", CultureInfo.InvariantCulture);

    private static string Percent(double value) => value.ToString("0.0", CultureInfo.InvariantCulture) + " %";

    private static string Share(double explained) => Percent(100 * explained);
}
