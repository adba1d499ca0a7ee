using Dapper;
using SyncHealth.Storage.Migrations;
using SyncHealth.Testing;
using Xunit;

namespace SyncHealth.Storage.Tests.Migrations;

public sealed class MigratorTests : IAsyncLifetime
{
    private TestDatabase _database = null!;

    public async ValueTask InitializeAsync() => _database = await TestDatabase.CreateEmptyAsync();

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    [Fact]
    public async Task Migrate_Twice_SecondDoesNothing()
    {
        var first = await MigrateAsync();
        Assert.Equal(1, first[0]);
        Assert.Equal(first.Order(), first);
        Assert.Empty(await MigrateAsync());
    }

    [Fact]
    public async Task Migrate_ManyAtOnce_EachMigrationRunsOnce()
    {
        var applied = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => MigrateAsync()));
        Assert.Single(applied, list => list.Count > 0);
    }

    [Fact]
    public async Task Migrate_ChangedMigration_IsRefusedByName()
    {
        await MigrateAsync();
        await ExecuteAsync("update synchealth.migration set checksum = 'other' where number = 1");
        var refusal = await Assert.ThrowsAsync<SchemaMismatchException>(MigrateAsync);
        Assert.Contains("1 (core)", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Migrate_NewerSchema_IsRefusedAndLeftAlone()
    {
        await MigrateAsync();
        await ExecuteAsync("insert into synchealth.migration values (9999, 'future', 'x', now())");
        var refusal = await Assert.ThrowsAsync<SchemaMismatchException>(MigrateAsync);
        Assert.Contains("9999", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Schema_UniqueKeys_ContainTheDistributionColumn()
    {
        // Citus distributes device tables by device_key; a unique key without it could not be checked on one node.
        await MigrateAsync();
        await using var connection = await _database.DataSource.OpenConnectionAsync();
        var offending = await connection.QueryAsync<string>("""
            select i.indexrelid::regclass::text
            from pg_index i join pg_class c on c.oid = i.indrelid
            where c.relnamespace = 'synchealth'::regnamespace and i.indisunique
              and exists (select 1 from pg_attribute a where a.attrelid = c.oid and a.attname = 'device_key')
              and not exists (select 1 from pg_attribute a where a.attrelid = c.oid and a.attname = 'device_key' and a.attnum = any (i.indkey::smallint[]))
            """);
        Assert.Empty(offending);
    }

    private Task<IReadOnlyList<int>> MigrateAsync() => Migrator.MigrateAsync(_database.DataSource, DateTimeOffset.UnixEpoch, CancellationToken.None);

    private async Task ExecuteAsync(string sql)
    {
        await using var connection = await _database.DataSource.OpenConnectionAsync();
        await connection.ExecuteAsync(sql);
    }
}
