namespace SyncHealth.SyncEngine.Triggers;

/// <summary>When the engine syncs by itself.</summary>
public sealed class TriggerOptions
{
    /// <summary>Time between scheduled syncs, counted from the end of the last cycle. Default: 15 minutes, the shortest period of Android's WorkManager.</summary>
    public TimeSpan Period { get; set; } = TimeSpan.FromMinutes(15);

    /// <summary>
    /// What has to hold for a scheduled sync. Default: a network that costs nothing, and the charger. One that comes due before is put off, is counted
    /// under its reason, and starts as soon as <see cref="NotesEngine.ConditionsChanged"/> finds that everything holds.
    /// </summary>
    public SyncConstraints Constraints { get; set; } = SyncConstraints.Sparing;

    /// <summary>
    /// The system's scheduler, which runs scheduled syncs also while the app is not running. Default: none, then the engine keeps to
    /// <see cref="Period"/> itself, as long as it runs.
    /// </summary>
    public IBackgroundScheduler? Scheduler { get; set; }

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

    /// <summary>Time after a successful cycle in which coming to the foreground does not start another. Default: 1 minute: switching between apps is no reason.</summary>
    public TimeSpan ForegroundInterval { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>Time after a successful cycle to which a returning network is put off, so that one that comes and goes makes no storm. Default: 5 s.</summary>
    public TimeSpan ReconnectInterval { get; set; } = TimeSpan.FromSeconds(5);
}
