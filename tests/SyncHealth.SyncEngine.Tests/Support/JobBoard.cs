using SyncHealth.SyncEngine.Triggers;

namespace SyncHealth.SyncEngine.Tests.Support;

/// <summary>Stands in for the system's scheduler: remembers jobs, and keeps the one that is there.</summary>
internal sealed class JobBoard : IBackgroundScheduler
{
    private readonly Dictionary<string, BackgroundJob> _jobs = [];

    public IReadOnlyCollection<BackgroundJob> Jobs => _jobs.Values;

    public void Keep(BackgroundJob job) => _jobs.TryAdd(job.Name, job);
}
