using Dapper;
using Microsoft.Extensions.Logging.Abstractions;
using SyncHealth.Storage.Erasure;
using SyncHealth.Storage.Retention;
using SyncHealth.Storage.ServerLog;
using SyncHealth.Storage.Tests.Writes;
using SyncHealth.Storage.Writes;
using SyncHealth.Testing;
using Xunit;

namespace SyncHealth.Storage.Tests.ServerLog;

public sealed class ServerLogWriterTests : IAsyncLifetime
{
    private TestDatabase _database = null!;
    private ServerLogWriter _writer = null!;

    public async ValueTask InitializeAsync()
    {
        _database = await TestDatabase.CreateAsync();
        _writer = new ServerLogWriter(_database.DataSource, NullLogger<ServerLogWriter>.Instance);
    }

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    [Fact]
    public async Task Write_PullsAndPushes_KeepsTheLatestOfEach()
    {
        await WriteAsync(Contact(1, 300, accepted: 9), Contact(1, 200, accepted: 4), Contact(1, 100), Contact(2, 50));

        Assert.Equal(["1: heard 100, took 4 at 200", "2: heard 50, took 0 at -"], await WordsAsync());
        Assert.Equal((300L, 50L), await ScalarAsync<(long, long)>(
            $"select extract(epoch from timestamptz '{Some.Now:O}' - first_at)::bigint, extract(epoch from timestamptz '{Some.Now:O}' - last_at)::bigint from synchealth.server_log"));
    }

    /// <summary>Order, parts, resends and equal times: what is kept is the same, also when several write at once.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public async Task Write_AnyOrderAnyPartsAnyRepeats_LeavesTheSame(int seed)
    {
        var random = new Random(seed);
        ServerContact[] contacts = [.. Enumerable.Range(0, 200).Select(_ => Contact(random.Next(1, 6), random.Next(1, 40), random.Next(3)))];
        await WriteAsync(contacts);
        var expected = await WordsAsync();
        await using (var connection = await _database.DataSource.OpenConnectionAsync())
            await connection.ExecuteAsync("delete from synchealth.server_word; delete from synchealth.server_log");

        ServerContact[] shuffled = [.. contacts, .. contacts.Take(50)];
        random.Shuffle(shuffled);
        await Task.WhenAll(shuffled.Chunk(17).Select(part => WriteAsync(part)));

        Assert.Equal(expected, await WordsAsync());
    }

    [Fact]
    public async Task Write_ErasedDevice_IsRefusedAndTheOthersAreKept()
    {
        await new Erasures(_database.DataSource, new ManualTimeProvider(Some.Now)).EraseDeviceAsync("notes", 1, CancellationToken.None);

        var receipt = await _writer.WriteAsync("notes", [Contact(2, 10), Contact(1, 10, 3), Contact(1, 5)], Some.Now, CancellationToken.None);

        Assert.Equal((WriteStatus.Committed, "1 2"), (receipt.Status, string.Join(' ', receipt.Erased)));
        Assert.Equal(["2: heard 10, took 0 at -"], await WordsAsync());
    }

    [Fact]
    public async Task Write_Nothing_IsCommittedAndNothingIsKnown()
    {
        var receipt = await _writer.WriteAsync("notes", [], Some.Now, CancellationToken.None);

        Assert.Equal(WriteStatus.Committed, receipt.Status);
        Assert.Equal(0L, await ScalarAsync<long>("select count(*) from synchealth.app"));
    }

    [Fact]
    public async Task Write_DatabaseAway_SaysSo()
    {
        await using var nowhere = Npgsql.NpgsqlDataSource.Create("Host=127.0.0.1;Port=1;Username=nobody");
        var receipt = await new ServerLogWriter(nowhere, NullLogger<ServerLogWriter>.Instance).WriteAsync("notes", [Contact(1, 1)], Some.Now, CancellationToken.None);
        Assert.Equal(WriteStatus.Unavailable, receipt.Status);
    }

    /// <summary>G3: as long as raw events, and no longer.</summary>
    [Fact]
    public async Task Maintain_OlderThanRawEvents_IsForgotten()
    {
        await WriteAsync(Contact(1, (30 * 86_400) + 60, 1), Contact(2, (30 * 86_400) - 60, 1));

        await new MaintenanceLoop(_database.DataSource, new StorageOptions(), new ManualTimeProvider(Some.Now), NullLogger<MaintenanceLoop>.Instance).MaintainAsync(CancellationToken.None);

        Assert.Equal(["2: heard 2591940, took 1 at 2591940"], await WordsAsync());
    }

    private static ServerContact Contact(long device, int secondsAgo, int accepted = 0) => new(device, Some.Now.AddSeconds(-secondsAgo), accepted);

    private async Task WriteAsync(params ServerContact[] contacts) =>
        Assert.Equal(WriteStatus.Committed, (await _writer.WriteAsync("notes", contacts, Some.Now, CancellationToken.None)).Status);

    private async Task<IReadOnlyList<string>> WordsAsync()
    {
        await using var connection = await _database.DataSource.OpenConnectionAsync();
        return (await connection.QueryAsync<string>("""
            select format('%s: heard %s, took %s at %s', device_key, extract(epoch from @Now - heard_at)::bigint, accepted_items, coalesce(extract(epoch from @Now - accepted_at)::bigint::text, '-'))
            from synchealth.server_word order by device_key
            """, new { Now = Some.Now.UtcDateTime })).AsList();
    }

    private async Task<T> ScalarAsync<T>(string sql)
    {
        await using var connection = await _database.DataSource.OpenConnectionAsync();
        return await connection.QuerySingleAsync<T>(sql);
    }
}
