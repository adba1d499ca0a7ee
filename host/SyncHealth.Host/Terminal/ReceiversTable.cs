using System.Globalization;
using System.Text.Json;

namespace SyncHealth.Host.Terminal;

/// <summary>Receivers, as <c>/api/v1/receivers</c> answers them.</summary>
internal static class ReceiversTable
{
    private static readonly string[] Outcomes = ["delivered", "refused", "expired"];

    public static string Render(JsonElement answer)
    {
        var watchdog = Text(answer, "watchdog") == "firing" ? "" : "Rules are not being evaluated: no alerting process has finished a round for two minutes." + Environment.NewLine;
        var receivers = answer.GetProperty("receivers").EnumerateArray().ToArray();
        if (receivers.Length == 0)
            return watchdog + "No receiver is configured: alerts reach nobody." + Environment.NewLine;
        var table = new TextTable(["name", "type", "state", "leads to", "fallback", "waiting", "delivered", "refused", "expired"], leftAligned: 5);
        foreach (var receiver in receivers)
            table.Add(
            [
                Text(receiver, "name"), Text(receiver, "type"), Text(receiver, "state"), Text(receiver, "target"), Text(receiver, "fallback"),
                Number(receiver, "waiting"), .. Outcomes.Select(outcome => Number(receiver.GetProperty("outcomes"), outcome)),
            ]);
        return watchdog + table;
    }

    private static string Number(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) ? value.GetInt64().ToString("N0", CultureInfo.InvariantCulture) : "0";

    private static string Text(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString()! : "";
}
