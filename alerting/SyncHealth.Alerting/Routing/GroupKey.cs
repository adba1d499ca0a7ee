using SyncHealth.Alerting.Evaluation;

namespace SyncHealth.Alerting.Routing;

/// <summary>Which group of which route.</summary>
/// <param name="Route">Path of the route and its receivers: the same route under another file line is the same, with other receivers it is another.</param>
/// <param name="App">The app, when alerts of others are in other groups; else <see cref="AllApps"/>.</param>
/// <param name="Labels">The labels that its alerts share.</param>
public sealed record GroupKey(string Route, string App, SegmentKey Labels)
{
    public const string AllApps = "all apps";

    /// <summary>The group of an alert at a destination that groups.</summary>
    public static GroupKey Of(Destination destination, IReadOnlyDictionary<string, string> labels)
    {
        ArgumentNullException.ThrowIfNull(destination);
        ArgumentNullException.ThrowIfNull(labels);
        var by = destination.GroupBy ?? throw new ArgumentException("The destination does not group.", nameof(destination));
        var shared = by.Contains(Routing.Route.AllLabels) ? labels : by.ToDictionary(name => name, name => labels.GetValueOrDefault(name, ""));
        return new GroupKey($"{destination.Path} to {string.Join(", ", destination.Receivers)}", shared.GetValueOrDefault(AlertLabels.App) is { Length: > 0 } app ? app : AllApps, new SegmentKey(shared));
    }
}
