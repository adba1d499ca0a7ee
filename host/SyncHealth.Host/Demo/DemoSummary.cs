using System.Globalization;
using SyncHealth.Host.Commands;
using SyncHealth.Host.Terminal;
using SyncHealth.Storage.Alerts;

namespace SyncHealth.Host.Demo;

/// <summary>What a demo prints at its end: the vital signs per app version, and the alerts that fired.</summary>
internal static class DemoSummary
{
    /// <summary>The fleet's app.</summary>
    private const string App = "notes";

    private const int MaxTransitions = 200;

    public static async Task WriteAsync(Uri address, IAlertReader alerts, DateTimeOffset from, DateTimeOffset to, TextWriter output)
    {
        using var client = new ServerClient(address, token: null);
        var range = $"from={Escape(from)}&to={Escape(to)}";
        var answer = await client.GetAsync($"api/v1/vitals?app={App}&{range}&by=app_version", CancellationToken.None);
        var history = await alerts.ListHistoryAsync(App, from, to.AddMinutes(1), MaxTransitions, CancellationToken.None);

        await output.WriteLineAsync();
        await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"Vital signs of '{App}' by app version, {from:yyyy-MM-dd HH:mm} to {to:yyyy-MM-dd HH:mm} UTC"));
        await output.WriteLineAsync();
        await output.WriteLineAsync(VitalsTable.Render(answer));
        await output.WriteLineAsync(Alerts(history));
    }

    private static string Alerts(IReadOnlyList<AlertTransitionSummary> history)
    {
        var told = history.Where(transition => transition.To is "firing" or "resolved").Reverse().ToArray();
        if (told.Length == 0)
            return "Alerts: none fired." + Environment.NewLine;
        return string.Join(Environment.NewLine, told
            .Select(transition => string.Create(CultureInfo.InvariantCulture, $"  {transition.At:HH:mm}  {transition.To,-8}  {transition.Rule} ({transition.Severity}): {transition.Reason}"))
            .Prepend("Alerts:")) + Environment.NewLine;
    }

    private static string Escape(DateTimeOffset at) => Uri.EscapeDataString(at.ToString("O", CultureInfo.InvariantCulture));
}
