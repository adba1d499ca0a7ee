namespace SyncHealth.Dashboard.Charts;

public enum ChartKind
{
    Line = 1,
    StackedColumns = 2,

    /// <summary>Bars over named categories.</summary>
    Columns = 3,
}
