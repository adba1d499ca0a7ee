namespace SyncHealth.Dashboard.Charts;

public enum ChartKind
{
    Line = 1,
    StackedColumns = 2,

    /// <summary>Bars over named categories.</summary>
    Columns = 3,

    /// <summary>A row for each series, a column for each time; the darker the more.</summary>
    Heat = 4,
}
