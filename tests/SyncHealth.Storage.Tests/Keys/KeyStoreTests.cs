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
        _keys = new KeyStore(_database.DataSource, _clock, _clock);
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
    public async Task SetOrigins_OfALiveKey_HoldsAtOnceAndForItsSuccessor()
    {
        var text = await _keys.CreateAsync("notes", "web app", ["https://notes.example"], CancellationToken.None);
        var id = (await _keys.FindAsync(text, CancellationToken.None)).Key!.Id;

        Assert.True(await _keys.SetOriginsAsync(id, ["https://a.example", "https://b.example:8443"], CancellationToken.None));

        Assert.Equal(["https://a.example", "https://b.example:8443"], (await _keys.FindAsync(text, CancellationToken.None)).Key!.AllowedOrigins);
        Assert.Equal(["https://a.example", "https://b.example:8443"], (await _keys.RotateAsync(id, CancellationToken.None))!.Key.AllowedOrigins);
        Assert.True(await _keys.SetOriginsAsync(id, [], CancellationToken.None));
        Assert.Empty((await _keys.FindAsync(text, CancellationToken.None)).Key!.AllowedOrigins);
    }

    [Fact]
    public async Task SetOrigins_OfARevokedOrUnknownKey_DoesNothing()
    {
        var text = await _keys.CreateAsync("notes", "web app", [], CancellationToken.None);
        var id = (await _keys.FindAsync(text, CancellationToken.None)).Key!.Id;
        await _keys.RevokeAsync(id, CancellationToken.None);

        Assert.False(await _keys.SetOriginsAsync(id, ["https://a.example"], CancellationToken.None));
        Assert.False(await _keys.SetOriginsAsync("000000000000", ["https://a.example"], CancellationToken.None));
        Assert.Empty(Assert.Single(await _keys.ListAsync(CancellationToken.None)).AllowedOrigins);
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
    public async Task Create_InAnotherProcess_IsKnownWithinASecond()
    {
        await _keys.FindAsync("something", CancellationToken.None);
        var text = (await new KeyStore(_database.DataSource, _clock, _clock).CreateAsync(new NewKey("notes", "label"), CancellationToken.None)).Text;

        Assert.Equal(KeyLookupStatus.Unknown, (await _keys.FindAsync(text, CancellationToken.None)).Status);
        _clock.Advance(KeyStore.NewKeySeenWithin);

        Assert.Equal(KeyLookupStatus.Valid, (await _keys.FindAsync(text, CancellationToken.None)).Status);
    }

    [Fact]
    public async Task Rotate_PutsASuccessorBesideTheKey_TwoLiveAtMost()
    {
        var first = await _keys.CreateAsync(new NewKey("notes", "web") { AllowedOrigins = ["https://notes.example"], EventsPerSecond = 70 }, CancellationToken.None);
        var second = await _keys.RotateAsync(first.Key.Id, CancellationToken.None);

        Assert.Equal(("notes", "web", 70, first.Key.Id), (second!.Key.AppName, second.Key.Label, second.Key.EventsPerSecond, second.Key.Line));
        Assert.Equal(["https://notes.example"], second.Key.AllowedOrigins);
        Assert.Equal(KeyLookupStatus.Valid, (await _keys.FindAsync(first.Text, CancellationToken.None)).Status);
        Assert.Equal(KeyLookupStatus.Valid, (await _keys.FindAsync(second.Text, CancellationToken.None)).Status);
        Assert.Null(await _keys.RotateAsync(first.Key.Id, CancellationToken.None));
        Assert.Null(await _keys.RotateAsync(second.Key.Id, CancellationToken.None));

        Assert.True(await _keys.RevokeAsync(first.Key.Id, CancellationToken.None));
        Assert.Null(await _keys.RotateAsync(first.Key.Id, CancellationToken.None));
        Assert.NotNull(await _keys.RotateAsync(second.Key.Id, CancellationToken.None));
    }

    [Fact]
    public async Task Rotate_ManyAtOnce_OneSucceeds()
    {
        var first = await _keys.CreateAsync(new NewKey("notes", "label"), CancellationToken.None);

        var successors = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => _keys.RotateAsync(first.Key.Id, CancellationToken.None))));

        Assert.Single(successors, successor => successor is not null);
        Assert.Equal(2, (await _keys.ListAsync(CancellationToken.None)).Count);
    }

    [Fact]
    public async Task Pause_InAnotherProcess_IsSeenWithinFiveSecondsAndResumeWithinOne()
    {
        var key = await _keys.CreateAsync(new NewKey(null, "label"), CancellationToken.None);
        await _keys.FindAsync(key.Text, CancellationToken.None);
        var elsewhere = new KeyStore(_database.DataSource, _clock, _clock);

        Assert.True(await elsewhere.PauseAsync(key.Key.Id, CancellationToken.None));
        _clock.Advance(KeyStore.CacheFor);
        Assert.Equal(KeyLookupStatus.Unknown, (await _keys.FindAsync(key.Text, CancellationToken.None)).Status);
        Assert.Equal(Some.Now, Assert.Single(await _keys.ListAsync(CancellationToken.None)).PausedAt);

        Assert.True(await elsewhere.ResumeAsync(key.Key.Id, CancellationToken.None));
        _clock.Advance(KeyStore.NewKeySeenWithin);
        Assert.Equal(KeyLookupStatus.Valid, (await _keys.FindAsync(key.Text, CancellationToken.None)).Status);
    }

    [Fact]
    public async Task Change_RevokedOrUnknownKey_ChangesNothing()
    {
        var key = await _keys.CreateAsync(new NewKey(null, "label"), CancellationToken.None);
        await _keys.RevokeAsync(key.Key.Id, CancellationToken.None);

        foreach (var id in new[] { key.Key.Id, "ffffffffffff" })
        {
            Assert.False(await _keys.PauseAsync(id, CancellationToken.None));
            Assert.False(await _keys.ResumeAsync(id, CancellationToken.None));
            Assert.Null(await _keys.RotateAsync(id, CancellationToken.None));
        }
    }

    /// <summary>With the database away an answer that needs it would be <see cref="KeyLookupStatus.Unavailable"/>.</summary>
    [Fact]
    public async Task Find_FloodOfUnknownKeys_AsksTheDatabaseOnceAndKeepsTheGoodOnes()
    {
        var text = await _keys.CreateAsync(null, "label", [], CancellationToken.None);
        await _keys.FindAsync("unknown", CancellationToken.None);
        await using var outage = await Outage.StartAsync(_database);

        for (var guess = 0; guess < 20_000; guess++)
            Assert.Equal(KeyLookupStatus.Unknown, (await _keys.FindAsync("guess" + guess, CancellationToken.None)).Status);
        Assert.Equal(KeyLookupStatus.Valid, (await _keys.FindAsync(text, CancellationToken.None)).Status);
    }

    [Fact]
    public async Task Revoke_InAnotherProcess_IsSeenWithinFiveSeconds()
    {
        var text = await _keys.CreateAsync(null, "label", [], CancellationToken.None);
        var id = (await _keys.FindAsync(text, CancellationToken.None)).Key!.Id;
        Assert.True(await new KeyStore(_database.DataSource, _clock, _clock).RevokeAsync(id, CancellationToken.None));

        Assert.Equal(KeyLookupStatus.Valid, (await _keys.FindAsync(text, CancellationToken.None)).Status);
        _clock.Advance(KeyStore.CacheFor);

        Assert.Equal(KeyLookupStatus.Unknown, (await _keys.FindAsync(text, CancellationToken.None)).Status);
        Assert.False(await _keys.RevokeAsync(id, CancellationToken.None));
        Assert.Equal(Some.Now, Assert.Single(await _keys.ListAsync(CancellationToken.None)).RevokedAt);
    }

    /// <summary>In a demo the shared clock leaps; the database is asked as often as ever.</summary>
    [Fact]
    public async Task Find_SharedClockLeaps_KeysAreStillTrusted()
    {
        var still = new ManualTimeProvider(Some.Now);
        var keys = new KeyStore(_database.DataSource, _clock, still);
        var text = await keys.CreateAsync(null, "label", [], CancellationToken.None);
        await keys.FindAsync("unknown", CancellationToken.None);
        await using var outage = await Outage.StartAsync(_database);

        _clock.Advance(TimeSpan.FromHours(1));
        Assert.Equal(KeyLookupStatus.Valid, (await keys.FindAsync(text, CancellationToken.None)).Status);
        Assert.Equal(KeyLookupStatus.Unknown, (await keys.FindAsync("unknown", CancellationToken.None)).Status);
        still.Advance(KeyStore.CacheFor);
        Assert.Equal(KeyLookupStatus.Unavailable, (await keys.FindAsync("unknown", CancellationToken.None)).Status);
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
