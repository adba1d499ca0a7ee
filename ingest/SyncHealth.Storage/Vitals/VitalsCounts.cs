namespace SyncHealth.Storage.Vitals;

/// <summary>What a question wants counted beside attempts, successes, those over 60 s and those with conflicts: of a month by hour and version, what is not sent is most of its time.</summary>
[Flags]
public enum VitalsCounts
{
    /// <summary>Attempts, successes, those over 60 s and those with conflicts: what causes are looked for by.</summary>
    Tallies = 0,

    /// <summary>Partial and cancelled ones, first tries, and failures by who failed.</summary>
    Outcomes = 1,

    /// <summary>Percentiles of durations.</summary>
    Durations = 2,

    /// <summary>Conflicts by strategy, and discarded edits.</summary>
    Conflicts = 4,

    /// <summary>Items and bytes, up and down.</summary>
    Volumes = 8,

    /// <summary>Everything.</summary>
    All = Outcomes | Durations | Conflicts | Volumes,
}
