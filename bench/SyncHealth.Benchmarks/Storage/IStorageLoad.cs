namespace SyncHealth.Benchmarks.Storage;

/// <summary>Events to be stored, and how they get there.</summary>
internal interface IStorageLoad
{
    int Events { get; }

    string Description { get; }

    /// <summary>Stores every event and folds all of them.</summary>
    Task FillAsync(BenchmarkDatabase database, CancellationToken cancellationToken);

    /// <summary>Lets the minutes go over into hours, as they do after 48 hours.</summary>
    Task AgeAsync(BenchmarkDatabase database, CancellationToken cancellationToken);
}
