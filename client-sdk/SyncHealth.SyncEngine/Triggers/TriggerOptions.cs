namespace SyncHealth.SyncEngine.Triggers;

/// <summary>When the engine syncs by itself.</summary>
public sealed class TriggerOptions
{
    /// <summary>Time between scheduled syncs, counted from the end of the last cycle. Default: 15 minutes, the shortest period of Android's WorkManager.</summary>
    public TimeSpan Period { get; set; } = TimeSpan.FromMinutes(15);

    /// <summary>Share of <see cref="Period"/> by which each device varies it, so that a fleet does not sync in step. Default: 0.2.</summary>
    public double PeriodJitter { get; set; } = 0.2;

    /// <summary>Quiet time after a local edit before it is pushed, so that typing makes one sync and not many. Default: 2 s.</summary>
    public TimeSpan WriteDebounce { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>Longest time that further edits can put off that push. Default: 30 s.</summary>
    public TimeSpan WriteDebounceLimit { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Bound of the wait before a failed cycle is tried again; doubles with each failure. Default: 30 s.</summary>
    public TimeSpan FirstRetryWait { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Bound of the longest such wait. Default: 10 minutes.</summary>
    public TimeSpan LongestRetryWait { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>Time after a successful cycle in which opening the app does not start another. Default: 30 s.</summary>
    public TimeSpan OpenInterval { get; set; } = TimeSpan.FromSeconds(30);
}
