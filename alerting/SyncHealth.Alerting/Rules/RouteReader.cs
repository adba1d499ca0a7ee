using SyncHealth.Alerting.Routing;

namespace SyncHealth.Alerting.Rules;

/// <summary>Reads the branches of a routing tree and refuses what cannot be meant.</summary>
/// <param name="intervals">Names of the intervals that routes may refer to.</param>
internal sealed class RouteReader(IReadOnlyCollection<string> intervals)
{
    private static readonly string[] Allowed =
        ["match", "notify", "continue", "groupBy", "groupWait", "groupInterval", "repeatInterval", "muteTimes", "activeTimes", "routes"];

    private static readonly Dictionary<string, bool> Flags = new() { ["true"] = true, ["false"] = false };

    private static readonly TimeSpan MinInterval = TimeSpan.FromSeconds(1);

    /// <summary>Longest time between messages: a group that is quiet for longer is told by a digest.</summary>
    private static readonly TimeSpan MaxGroupInterval = TimeSpan.FromDays(1);

    private static readonly TimeSpan MaxRepeat = TimeSpan.FromDays(7);

    private int _count;

    public IReadOnlyList<Route> Read(IReadOnlyList<Section> sections) => ReadAll(sections, depth: 1, isGrouped: false);

    private List<Route> ReadAll(IReadOnlyList<Section> sections, int depth, bool isGrouped)
    {
        var routes = new List<Route>();
        foreach (var (index, section) in sections.Index())
        {
            var route = ReadOne(section, depth, isGrouped);
            if (!section.Has("match") && !route.Continue && index < sections.Count - 1)
                section.Refuse("", "takes every alert, so the routes after it are never asked. Give it a 'match' or 'continue: true', or put it last.");
            routes.Add(route);
        }

        return routes;
    }

    private Route ReadOne(Section section, int depth, bool isGrouped)
    {
        section.RefuseUnknown(Allowed);
        if (++_count == Route.MaxCount + 1)
            section.Refuse("", $"is one too many: a tree has at most {Route.MaxCount} routes.");
        var below = section.Sections("routes");
        if (below.Count > 0 && depth == Route.MaxDepth)
            section.Refuse("routes", $"a tree is at most {Route.MaxDepth} levels deep.");
        var groupBy = section.Has("groupBy") ? ReadGroupBy(section) : null;
        return new Route
        {
            Line = section.Line,
            Match = ReadMatch(section),
            Notify = section.Has("notify") ? ReadNames(section, "notify", "names no receiver. Leave it out to keep those of the branch above, at the top those of the rule.") : null,
            Continue = section.Choice("continue", Flags) ?? false,
            GroupBy = groupBy,
            GroupWait = section.Duration("groupWait", TimeSpan.Zero, RuleLimits.MaxGroupWait),
            GroupInterval = ReadOfGroup(section, "groupInterval", MinInterval, MaxGroupInterval, isGrouped || groupBy is not null),
            RepeatInterval = ReadRepeat(section, isGrouped || groupBy is not null),
            MuteTimes = ReadIntervals(section, "muteTimes"),
            ActiveTimes = ReadIntervals(section, "activeTimes"),
            Routes = depth < Route.MaxDepth ? ReadAll(below, depth + 1, isGrouped || groupBy is not null) : [],
        };
    }

    private static List<LabelMatcher> ReadMatch(Section section)
    {
        var matchers = new List<LabelMatcher>();
        foreach (var text in section.Texts("match"))
            if (LabelMatcher.TryParse(text, out var matcher, out var problem))
                matchers.Add(matcher);
            else
                section.Refuse("match", problem + ".");
        if (section.IsEmptyList("match"))
            section.Refuse("match", "holds nothing that can be matched. Leave it out to take every alert.");
        if (matchers.Count > Silence.MaxMatchers)
            section.Refuse("match", $"has {matchers.Count} matchers. Allowed: {Silence.MaxMatchers}.");
        return matchers;
    }

    private static IReadOnlyList<string> ReadGroupBy(Section section)
    {
        var labels = section.Texts("groupBy");
        foreach (var label in labels.Where(label => label != Route.AllLabels && !LabelMatcher.IsLabel(label)))
            section.Refuse("groupBy", $"'{label}' is no label. Allowed: {string.Join(", ", AlertLabels.Own)}, the dimensions of a rule's 'by', its own labels, or {Route.AllLabels} for all of them.");
        if (labels.Contains(Route.AllLabels) && labels.Count > 1)
            section.Refuse("groupBy", $"{Route.AllLabels} stands for all labels, so it stands alone.");
        return labels;
    }

    private static TimeSpan? ReadRepeat(Section section, bool isGrouped)
    {
        if (section.Text("repeatInterval") == "0s")
            return TimeSpan.Zero;
        return ReadOfGroup(section, "repeatInterval", TimeSpan.FromMinutes(1), MaxRepeat, isGrouped);
    }

    private static TimeSpan? ReadOfGroup(Section section, string key, TimeSpan min, TimeSpan max, bool isGrouped)
    {
        if (section.Has(key) && !isGrouped)
            section.Refuse(key, $"needs 'groupBy'. Write groupBy: [app], or groupBy: [{Route.AllLabels}] for a group of each alert.");
        return section.Duration(key, min, max);
    }

    private IReadOnlyList<string>? ReadIntervals(Section section, string key)
    {
        if (!section.Has(key))
            return null;
        var names = section.Texts(key);
        foreach (var name in names.Where(name => !intervals.Contains(name)))
            section.Refuse(key, $"'{name}' is no interval of 'timeIntervals'. Allowed: {(intervals.Count == 0 ? "none is defined" : string.Join(", ", intervals))}.");
        return names;
    }

    private static IReadOnlyList<string> ReadNames(Section section, string key, string whenEmpty)
    {
        var names = section.Texts(key);
        if (names.Count == 0)
            section.Refuse(key, whenEmpty);
        return names;
    }
}
