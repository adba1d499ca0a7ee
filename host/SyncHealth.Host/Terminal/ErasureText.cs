using System.Globalization;
using System.Text.Json;

namespace SyncHealth.Host.Terminal;

/// <summary>What an erasure deleted, as <c>/api/v1/devices/erase</c> answers it. Whom it was about is not said: whoever asked knows.</summary>
internal static class ErasureText
{
    public static string Render(JsonElement answer)
    {
        var (devices, events, rows) = (Number(answer, "devices"), Number(answer, "events"), Number(answer, "otherRows"));
        var done = devices + events + rows == 0
            ? "Nothing was stored."
            : string.Create(CultureInfo.InvariantCulture, $"Erased {Count(devices, "device")}, {Count(events, "raw event")} and {Count(rows, "other row")}.");
        return $"{done} What is still on its way is refused when it comes (device_erased).{Environment.NewLine}";
    }

    private static string Count(long number, string noun) => string.Create(CultureInfo.InvariantCulture, $"{number:N0} {noun}{(number == 1 ? "" : "s")}");

    private static long Number(JsonElement answer, string name) => answer.GetProperty(name).GetInt64();
}
