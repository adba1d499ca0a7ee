using System.Globalization;
using System.Text.Json;

namespace SyncHealth.Host.Terminal;

/// <summary>Apps and what they have of their own, as <c>/api/v1/apps</c> answers them.</summary>
internal static class AppsTable
{
    public static string Render(JsonElement answer)
    {
        var apps = answer.GetProperty("apps").EnumerateArray().ToArray();
        return apps.Length == 0 ? "No app has sent an event or been set up." + Environment.NewLine : TableOf(apps);
    }

    public static string RenderOne(JsonElement app) => TableOf([app]);

    private static string TableOf(JsonElement[] apps)
    {
        var table = new TextTable(["app", "events/s", "raw days", "hour days", "day days"], leftAligned: 1);
        foreach (var app in apps)
            table.Add([app.GetProperty("app").GetString()!, Number(app, "eventsPerSecond", "default"), Number(app, "rawDays", "default"), Number(app, "hourDays", "for good"), Number(app, "dayDays", "for good")]);
        return table.ToString();
    }

    private static string Number(JsonElement app, string name, string without) =>
        app.GetProperty(name) is { ValueKind: JsonValueKind.Number } number ? number.GetInt32().ToString("N0", CultureInfo.InvariantCulture) : without;
}
