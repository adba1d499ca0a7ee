namespace SyncHealth.Host.Roles;

/// <summary>Which parts of the platform a process runs. One image, roles by command.</summary>
[Flags]
internal enum PlatformRoles
{
    /// <summary>Takes events, folds rollups, keeps partitions.</summary>
    Ingest = 1,

    /// <summary>Evaluates rules and sends notifications.</summary>
    Alerting = 2,

    /// <summary>Pages and the read API.</summary>
    Dashboard = 4,

    /// <summary>Everything in one process.</summary>
    All = Ingest | Alerting | Dashboard,
}
