namespace SyncHealth.SyncEngine.Triggers;

/// <summary>
/// The operating system's scheduler of background work: WorkManager, BGTaskScheduler. It outlives the app, starts it when a job is due, and the job calls
/// <see cref="NotesEngine.RunJobAsync"/>. <c>docs/engine.md</c> has both in a few lines.
/// </summary>
public interface IBackgroundScheduler
{
    /// <summary>Enqueues a periodic job, unless one of its name is there already: then that one stays as it is.</summary>
    void Keep(BackgroundJob job);
}
