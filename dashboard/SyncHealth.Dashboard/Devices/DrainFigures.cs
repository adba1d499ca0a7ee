using SyncHealth.Dashboard.Health;
using SyncHealth.Dashboard.Panels;
using SyncHealth.Dashboard.Wording;
using SyncHealth.Storage.Devices;

namespace SyncHealth.Dashboard.Devices;

/// <summary>How devices come back after they could not sync: backlog, time to drain, and whether the server met a retry storm.</summary>
public static class DrainFigures
{
    /// <param name="course">Of one group of all devices.</param>
    /// <returns>Empty when nobody came back.</returns>
    public static IReadOnlyList<Figure> Of(DrainCourse course)
    {
        ArgumentNullException.ThrowIfNull(course);
        if (course is not { Groups: [var group, ..], Rush: { } rush, Peak: { } peak, Usual: { } usual })
            return [];
        return
        [
            new Figure("drain-returns", "Came back", Quantity.Of(group.Devices, "device", "devices"), $"{Quantity.Of(rush.Returns, "device", "devices")} in one minute, at most"),
            new Figure("drain-backlog", "Backlog", Quantity.Of(group.Backlog, "item", "items"), "that they brought: moved at once, or waiting after the first sync"),
            new Figure("drain-time", "Time to drain", group.DrainP90 is { } p90 ? Quantity.Age(p90) : "–",
                group.DrainP50 is { } p50 ? $"90 % are done by then, half within {Quantity.Age(p50)}" : "nobody is done yet"),
            new Figure("drain-left", "Still draining", Quantity.Of(group.Draining, "device", "devices"), $"with {Quantity.Of(group.Waiting, "item", "items")} waiting", group.Draining > 0 ? Band.NeedsAttention : Band.Good),
            new Figure("drain-storm", "Requests", $"{Quantity.Count(peak.Requests)} per min",
                $"at the peak, {Quantity.Count(usual)} in a usual minute{(course.IsStorm ? ": a retry storm" : "")}", course.IsStorm ? Band.NeedsAttention : Band.Good),
        ];
    }
}
