namespace SyncHealth.Dashboard.State;

/// <summary>The state of a page that can be narrowed: what a chart needs for links that drill down.</summary>
public interface IFilteredState
{
    FilterSet Filters { get; }

    /// <summary>The address of the page with other filters and all else as it is.</summary>
    string AddressWith(FilterSet filters);
}
