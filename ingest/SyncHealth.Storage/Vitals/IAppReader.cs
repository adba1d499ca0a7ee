namespace SyncHealth.Storage.Vitals;

/// <summary>Lists apps and the dimension values to offer as filters.</summary>
public interface IAppReader
{
    /// <summary>All apps, by name.</summary>
    Task<IReadOnlyList<AppSummary>> ListAsync(CancellationToken cancellationToken);
}
