using System.Text;
using SyncHealth.Dashboard.Explore;

namespace SyncHealth.Dashboard.State;

/// <summary>Everything that decides what the overview shows. It is the address: whoever opens the link sees the same.</summary>
/// <param name="App">Null for the first app there is.</param>
/// <param name="By">Null for no grouping.</param>
public sealed record OverviewState(string? App, TimeRange Range, Dimension? By, FilterSet Filters) : IFilteredState
{
    /// <summary>A past moment: the page shows what was known then. Null for what is known now.</summary>
    public DateTimeOffset? AsOf { get; init; }

    /// <summary>From the parameters of an address; what it cannot read falls back to the default.</summary>
    public static OverviewState Parse(string? app, string? range, string? by, IReadOnlyList<string?>? filters, TimeRange defaultRange, string? asOf = null) => new(
        string.IsNullOrEmpty(app) ? null : app,
        TimeRange.Find(range) ?? defaultRange,
        Dimension.Find(by),
        FilterSet.Parse(filters ?? []))
    {
        AsOf = ExploreRange.Moment(asOf),
    };

    public string AddressWith(FilterSet filters) => (this with { Filters = filters }).ToAddress();

    /// <summary>The address below the root: <c>/?app=notes&amp;range=6h&amp;by=version&amp;filter=network:cellular</c>.</summary>
    public string ToAddress()
    {
        var address = new StringBuilder("/?range=").Append(Range.Code);
        if (App is not null)
            address.Append("&app=").Append(Uri.EscapeDataString(App));
        if (By is not null)
            address.Append("&by=").Append(By.Short);
        foreach (var filter in Filters.Format())
            address.Append("&filter=").Append(Uri.EscapeDataString(filter));
        if (AsOf is { } at)
            address.Append("&asOf=").Append(Uri.EscapeDataString(ExploreRange.Stamp(at)));
        return address.ToString();
    }
}
