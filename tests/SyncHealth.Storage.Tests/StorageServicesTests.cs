using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using SyncHealth.Storage.Fold;
using SyncHealth.Storage.Keys;
using SyncHealth.Storage.Retention;
using SyncHealth.Storage.Tests.Writes;
using SyncHealth.Storage.Writes;
using SyncHealth.Testing;
using Xunit;

namespace SyncHealth.Storage.Tests;

public sealed class StorageServicesTests
{
    [Fact]
    public async Task Add_BareContainer_WritesFoldsAndMaintains()
    {
        await using var database = await TestDatabase.CreateAsync();
        var folder = Directory.CreateTempSubdirectory("synchealth-storage");
        var options = new StorageOptions { ConnectionString = database.ConnectionString, DeviceKeyFile = Path.Combine(folder.FullName, "device.key") };
        await using (var services = new ServiceCollection().AddSyncHealthStorage(options).AddSyncHealthStorage(options).BuildServiceProvider())
        {
            await services.GetRequiredService<Installation>().VerifyAsync(CancellationToken.None);
            await services.GetRequiredService<MaintenanceLoop>().MaintainAsync(CancellationToken.None);
            var receipt = await services.GetRequiredService<IEventWriter>().WriteAsync(Some.Batch(Some.Event()), CancellationToken.None);
            Assert.Equal(new WriteReceipt(WriteStatus.Committed, 1, 0, 0), receipt);
            Assert.Equal(1, await services.GetRequiredService<FoldLoop>().FoldAsync(CancellationToken.None));
            await using var command = services.GetRequiredService<NpgsqlDataSource>().CreateCommand("show synchronous_commit");
            Assert.Equal("on", await command.ExecuteScalarAsync());
        }

        folder.Delete(recursive: true);
    }

    [Fact]
    public async Task Connection_BackFromThePool_KeepsPlansAndNothingElse()
    {
        await using var database = await TestDatabase.CreateAsync();
        var one = new NpgsqlConnectionStringBuilder(database.ConnectionString) { MaxPoolSize = 1 };
        await using var services = new ServiceCollection()
            .AddSyncHealthStorage(new StorageOptions { ConnectionString = one.ConnectionString, DeviceKeyFile = "unused" }).BuildServiceProvider();
        var pool = services.GetRequiredService<NpgsqlDataSource>();

        var memory = await ExecuteAsync(pool, "show work_mem");
        await ExecuteAsync(pool, "set work_mem = '1234kB'; create temp table left_behind (x int); select pg_advisory_lock(1); prepare plan as select 2");

        Assert.Equal(memory, await ExecuteAsync(pool, "show work_mem"));
        Assert.Equal(true, await ExecuteAsync(pool, "select to_regclass('left_behind') is null"));
        Assert.Equal(0L, await ExecuteAsync(pool, "select count(*) from pg_locks where locktype = 'advisory' and pid = pg_backend_pid()"));
        Assert.Equal(2, await ExecuteAsync(pool, "execute plan"));
    }

    private static async Task<object?> ExecuteAsync(NpgsqlDataSource pool, string sql)
    {
        await using var command = pool.CreateCommand(sql);
        return await command.ExecuteScalarAsync(TestContext.Current.CancellationToken);
    }

    [Theory]
    [InlineData(nameof(StorageOptions.ConnectionString))]
    [InlineData(nameof(StorageOptions.DeviceKeyFile))]
    [InlineData(nameof(StorageOptions.WriterConnections))]
    [InlineData(nameof(StorageOptions.MaxGroupEvents))]
    [InlineData(nameof(StorageOptions.GroupDelay))]
    [InlineData(nameof(StorageOptions.MaxQueuedEvents))]
    [InlineData(nameof(StorageOptions.CommitTimeout))]
    [InlineData(nameof(StorageOptions.DrainTimeout))]
    [InlineData(nameof(StorageOptions.RawRetention))]
    [InlineData(nameof(StorageOptions.MinuteRetention))]
    [InlineData(nameof(StorageOptions.FoldInterval))]
    [InlineData(nameof(StorageOptions.MaintenanceInterval))]
    public void Add_BadValue_NamesTheKeyToSet(string name)
    {
        var options = new StorageOptions { ConnectionString = "Host=x", DeviceKeyFile = "y" };
        var property = typeof(StorageOptions).GetProperty(name)!;
        property.SetValue(options, property.PropertyType == typeof(string) ? "" : property.PropertyType == typeof(int) ? 0 : TimeSpan.FromSeconds(-1));
        Assert.Contains($"SYNCHEALTH__Storage__{name}", Assert.Throws<ArgumentException>(() => new ServiceCollection().AddSyncHealthStorage(options)).Message, StringComparison.Ordinal);
    }
}
