namespace SyncHealth.SyncEngine.Triggers;

/// <summary>A periodic job as an operating system's scheduler takes it.</summary>
/// <param name="Name">Unique: a scheduler that has a job of this name keeps it, so that opening the app again and again does not put the next run off for ever.</param>
/// <param name="Period">Time between two runs; the system may take longer.</param>
/// <param name="Constraints">What has to hold for a run.</param>
public sealed record BackgroundJob(string Name, TimeSpan Period, SyncConstraints Constraints)
{
    /// <summary>Name of the engine's job.</summary>
    public const string SyncName = "syncWork";
}
