using SyncHealth.Host.Configuration;
using SyncHealth.Host.Postgres;

namespace SyncHealth.Host.Data;

/// <summary>The Postgres of an installation: an existing one, or our own in the data folder.</summary>
internal sealed class Database : IAsyncDisposable
{
    private readonly PostgresCluster? _cluster;

    private Database(string connectionString, PostgresCluster? cluster)
    {
        ConnectionString = connectionString;
        _cluster = cluster;
    }

    public string ConnectionString { get; }

    /// <param name="folder">Data folder that holds the cluster.</param>
    /// <param name="progress">Told what is fetched and started.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <param name="existing">Connection string of an existing server; null asks the environment, then runs the embedded one.</param>
    public static async Task<Database> OpenAsync(
        DataFolder folder, Progress progress, CancellationToken cancellationToken, string? existing = null)
    {
        if ((existing ?? Settings.Postgres()) is { } connectionString)
            return new Database(connectionString, null);

        var locator = new PostgresLocator(new EmbeddedPostgresPackage(EmbeddedPostgresPackage.DefaultCacheFolder()), progress);
        var cluster = await PostgresCluster.StartAsync(folder.Root, folder.Secrets, locator, PostgresSettings.Durable, progress, cancellationToken);
        return new Database(cluster.ConnectionString, cluster);
    }

    public async ValueTask DisposeAsync()
    {
        if (_cluster is not null)
            await _cluster.DisposeAsync();
    }
}
