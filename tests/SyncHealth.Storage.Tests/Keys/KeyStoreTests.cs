using Npgsql;
using SyncHealth.Storage.Keys;
using SyncHealth.Storage.Tests.Writes;
using SyncHealth.Testing;
using Xunit;

namespace SyncHealth.Storage.Tests.Keys;

public sealed class KeyStoreTests : IAsyncLifetime
{
    private readonly ManualTimeProvider _clock = new(Some.Now);
    private TestDatabase _database = null!;
    private KeyStore _keys = null!;

    public async ValueTask InitializeAsync()
    {
        _database = await TestDatabase.CreateAsync();
        _keys = new KeyStore(_database.DataSource, _clock);
    }

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    [Fact]
    public async Task Create_ThenFind_GivesWhatTheKeyMayDo()
    {
        var text = await _keys.CreateAsync("notes", "web app", ["https://notes.example"], CancellationToken.None);

        var found = await _keys.FindAsync(text, CancellationToken.None);

        Assert.Equal(KeyLookupStatus.Valid, found.Status);
        Assert.Equal(("notes", "web app", Some.Now), (found.Key!.AppName, found.Key.Label, found.Key.CreatedAt));
        Assert.Equal(["https://notes.example"], found.Key.AllowedOrigins);
        Assert.Equal(found.Key.Id, Assert.Single(await _keys.ListAsync(CancellationToken.None)).Id);
        Assert.Equal(KeyLookupStatus.Unknown, (await _keys.FindAsync(text + "x", CancellationToken.None)).Status);
    }

    [Fact]
    public async Task Create_KeyText_IsNowhereInTheDatabase()
    {
        var text = await _keys.CreateAsync("notes", "label", [], CancellationToken.None);
        await using var connection = await _database.DataSource.OpenConnectionAsync();
        await using var command = new NpgsqlCommand("select count(*) from synchealth.ingest_key k where k::text like '%' || $1 || '%' or encode(key_hash, 'escape') like '%' || $1 || '%'", connection);
        command.Parameters.AddWithValue(text);
        Assert.Equal(0L, await command.ExecuteScalarAsync());
    }

    [Fact]
    public async Task Ensure_Twice_KeepsTheFirst()
    {
        await _keys.EnsureAsync("demo", null, "demo", [], CancellationToken.None);
        await _keys.EnsureAsync("demo", "notes", "other", [], CancellationToken.None);
        var found = await _keys.FindAsync("demo", CancellationToken.None);
        Assert.Equal((null, "demo"), (found.Key!.AppName, found.Key.Label));
    }

    [Fact]
    public async Task Revoke_InAnotherProcess_IsSeenWithinFiveSeconds()
    {
        var text = await _keys.CreateAsync(null, "label", [], CancellationToken.None);
        var id = (await _keys.FindAsync(text, CancellationToken.None)).Key!.Id;
        Assert.True(await new KeyStore(_database.DataSource, _clock).RevokeAsync(id, CancellationToken.None));

        Assert.Equal(KeyLookupStatus.Valid, (await _keys.FindAsync(text, CancellationToken.None)).Status);
        _clock.Advance(KeyStore.CacheFor);

        Assert.Equal(KeyLookupStatus.Unknown, (await _keys.FindAsync(text, CancellationToken.None)).Status);
        Assert.False(await _keys.RevokeAsync(id, CancellationToken.None));
        Assert.Equal(Some.Now, Assert.Single(await _keys.ListAsync(CancellationToken.None)).RevokedAt);
    }

    [Fact]
    public async Task Find_DatabaseAway_TrustsWhatItKnewAndSaysUnavailableOtherwise()
    {
        var text = await _keys.CreateAsync(null, "label", [], CancellationToken.None);
        await _keys.FindAsync(text, CancellationToken.None);
        await using (await Outage.StartAsync(_database))
        {
            _clock.Advance(TimeSpan.FromMinutes(1));
            Assert.Equal(KeyLookupStatus.Valid, (await _keys.FindAsync(text, CancellationToken.None)).Status);
            Assert.Equal(KeyLookupStatus.Unavailable, (await _keys.FindAsync("other", CancellationToken.None)).Status);
        }

        Assert.Equal(KeyLookupStatus.Unknown, (await _keys.FindAsync("other", CancellationToken.None)).Status);
    }
}
