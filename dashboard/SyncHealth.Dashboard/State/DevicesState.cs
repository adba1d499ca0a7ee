using SyncHealth.Storage.Devices;
using SyncHealth.Storage.Vitals;

namespace SyncHealth.Dashboard.State;

/// <summary>Everything that decides what the list of devices shows. It is the address.</summary>
/// <param name="App">Null for the first app there is.</param>
/// <param name="Range">Not of this page: taken along for the others.</param>
/// <param name="Page">From 1.</param>
public sealed record DevicesState(string? App, string? Range, DeviceShow Show, DeviceSort Sort, bool Reverse, DeviceFilters Filters, int Page)
{
    public const string Path = "/devices";

    /// <summary>Devices of one page.</summary>
    public const int PageSize = 50;

    /// <summary>Pages beyond are no reading but an export.</summary>
    private const int MaxPage = 1000;

    private static readonly (string Code, DeviceShow Show)[] Shows =
        [("all", DeviceShow.All), ("waiting", DeviceShow.Waiting), ("stale", DeviceShow.Stale), ("late", DeviceShow.Late), ("silent", DeviceShow.Silent), ("gone", DeviceShow.Gone)];

    private static readonly (string Code, DeviceSort Sort)[] Sorts =
        [("queue", DeviceSort.Queue), ("oldest", DeviceSort.Oldest), ("success", DeviceSort.Success), ("seen", DeviceSort.Seen), ("pause", DeviceSort.Pause)];

    /// <summary>From the parameters of an address; what it cannot read falls back to the default.</summary>
    public static DevicesState Parse(string? app, string? range, string? show, string? sort, string? order, IReadOnlyList<string?>? filters, int? page)
    {
        var shown = Shows.FirstOrDefault(known => known.Code == show, Shows[0]).Show;
        return new DevicesState(
            string.IsNullOrEmpty(app) ? null : app, range, shown,
            Sorts.FirstOrDefault(known => known.Code == sort, (Code: "", Sort: DefaultSort(shown))).Sort, order == "asc", DeviceFilters.Parse(filters), Math.Clamp(page ?? 1, 1, MaxPage));
    }

    /// <summary>The address below the root: <c>/devices?app=notes&amp;show=silent&amp;sort=seen&amp;filter=tag:cohort:beta</c>.</summary>
    public string ToAddress() => new PageAddress(Path)
        .With("range", Range)
        .With("app", App)
        .With("show", Show == DeviceShow.All ? null : Shows.First(known => known.Show == Show).Code)
        .With("sort", Sort == DefaultSort(Show) ? null : Sorts.First(known => known.Sort == Sort).Code)
        .With("order", Reverse ? "asc" : null)
        .With("filter", Filters.Format())
        .With("page", Page == 1 ? null : $"{Page}")
        .ToString();

    /// <summary>The list from its beginning, sorted by that: worst first, or the other way round on the second click.</summary>
    public DevicesState SortedBy(DeviceSort sort) => this with { Sort = sort, Reverse = sort == Sort && !Reverse, Page = 1 };

    public DevicesState Showing(DeviceShow show) => this with { Show = show, Sort = DefaultSort(show), Reverse = false, Page = 1 };

    public DevicesState Toggled(DimensionFilter filter) => this with { Filters = Filters.Toggle(filter), Page = 1 };

    /// <summary>What a kind of list is about comes first.</summary>
    private static DeviceSort DefaultSort(DeviceShow show) => show switch
    {
        DeviceShow.Stale => DeviceSort.Success,
        DeviceShow.Late or DeviceShow.Silent => DeviceSort.Pause,
        DeviceShow.Gone => DeviceSort.Seen,
        _ => DeviceSort.Queue,
    };
}
