using System.Globalization;
using System.Text;
using SyncHealth.Alerting.Routing;
using SyncHealth.Alerting.Rules;

namespace SyncHealth.Host.Terminal;

/// <summary>Where an alert goes, a line for each destination.</summary>
internal static class RouteText
{
    public static string Of(RouteTree tree, IReadOnlyDictionary<string, string> labels, IReadOnlyList<string> notify, DateTimeOffset at)
    {
        var text = new StringBuilder();
        foreach (var destination in tree.Find(labels, notify))
            text.AppendLine($"{destination.Path} -> {Describe(tree, destination, at)}");
        return text.ToString();
    }

    private static string Describe(RouteTree tree, Destination destination, DateTimeOffset at)
    {
        var parts = new List<string> { destination.Receivers.Count == 0 ? "nobody: no receiver is named" : string.Join(", ", destination.Receivers) };
        if (destination.GroupWait is { } wait)
            parts.Add($"after {Durations.Format(wait)}");
        if (destination.GroupBy is { } labels)
            parts.Add($"grouped by [{string.Join(", ", labels)}], at most every {Durations.Format(destination.GroupInterval)}{(destination.RepeatInterval > TimeSpan.Zero ? $", again after {Durations.Format(destination.RepeatInterval)}" : "")}");
        if (tree.HoldOf(destination, at) is { } hold)
            parts.Add($"held back by {hold.Interval} until {hold.Until?.ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture) ?? "further notice"}");
        return string.Join("; ", parts);
    }
}
