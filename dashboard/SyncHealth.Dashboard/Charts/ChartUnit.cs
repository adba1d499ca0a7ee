namespace SyncHealth.Dashboard.Charts;

/// <summary>What the values of a chart are; decides how axis, tooltip and table write them.</summary>
public enum ChartUnit
{
    Percent = 1,
    Milliseconds = 2,
    Per100 = 3,
    Items = 4,
    Attempts = 5,
    Devices = 6,
    Seconds = 7,
}
