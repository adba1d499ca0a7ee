using SyncHealth.Dashboard.Access;
using SyncHealth.Storage.Accounts;

namespace SyncHealth.Dashboard.Layout;

/// <summary>A page that the navigation leads to.</summary>
/// <param name="Name">On the link.</param>
/// <param name="Path">Its address without parameters.</param>
/// <param name="Key">The letter that opens it after <c>g</c>.</param>
/// <param name="Least">The role that it asks for.</param>
/// <param name="IsOfDemo">Whether only the demo has it.</param>
public sealed record SitePage(string Name, string Path, char Key, AccountRole Least = AccountRole.Viewer, bool IsOfDemo = false)
{
    /// <summary>In the order of the navigation: what is wrong, where, since which release, for whom, and what may be wrong with the picture itself.</summary>
    public static readonly IReadOnlyList<SitePage> All =
    [
        new("Overview", "/", 'o'),
        new("Explore", "/explore", 'e'),
        new("Releases", "/releases", 'r'),
        new("Devices", "/devices", 'd'),
        new("Conflicts", "/conflicts", 'c'),
        new("Alerts", "/alerts", 'a'),
        new("Data health", "/health", 'h'),
        new("Setup", "/setup", 's', AccountRole.Admin),
        new("Try it", "/try", 't', IsOfDemo: true),
    ];

    /// <summary>Those that there are here and that a viewer may open.</summary>
    public static IEnumerable<SitePage> For(Viewer viewer, DashboardOptions options)
    {
        ArgumentNullException.ThrowIfNull(viewer);
        ArgumentNullException.ThrowIfNull(options);
        return All.Where(page => viewer.Is(page.Least) && (options.IsDemo || !page.IsOfDemo));
    }

    /// <summary>Whether an address belongs to it: its own, and those below it.</summary>
    /// <param name="path">The path of an address, beginning with a slash.</param>
    public bool Holds(string path) =>
        path == Path || (Path.Length > 1 && path.StartsWith(Path + "/", StringComparison.Ordinal));
}
