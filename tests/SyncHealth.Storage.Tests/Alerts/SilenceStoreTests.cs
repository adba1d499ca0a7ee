using SyncHealth.Storage.Alerts;
using SyncHealth.Testing;
using Xunit;

namespace SyncHealth.Storage.Tests.Alerts;

public sealed class SilenceStoreTests : IAsyncLifetime
{
    private static readonly DateTimeOffset Noon = AlertStage.Noon;

    private TestDatabase _database = null!;
    private SilenceStore _silences = null!;

    public async ValueTask InitializeAsync()
    {
        _database = await TestDatabase.CreateAsync();
        _silences = new SilenceStore(_database.DataSource);
    }

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    [Fact]
    public async Task Add_ThenList_HasItWholeUntilItEnds()
    {
        var silence = Some(hours: 2);
        await AddAsync(silence);
        await AddAsync(silence with { Reason = "the same id again" });
        await AddAsync(Some(hours: 1));

        var listed = await ListAsync(Noon);
        Assert.Equal([1, 2], listed.Select(one => (one.EndsAt - Noon).Hours));
        Assert.Equivalent(silence, listed[1], strict: true);
        Assert.Equal(silence.Id, Assert.Single(await ListAsync(Noon.AddHours(1))).Id);
        Assert.Empty(await ListAsync(Noon.AddHours(2)));
    }

    [Fact]
    public async Task End_WhatHolds_EndsNowAndOnlyOnce()
    {
        var silence = Some(hours: 2);
        await AddAsync(silence);
        Assert.True(await EndAsync(silence.Id, Noon.AddHours(1)));
        Assert.False(await EndAsync(silence.Id, Noon.AddHours(1)));
        Assert.Equal(Noon.AddHours(1), Assert.Single(await ListAsync(Noon)).EndsAt);
    }

    [Fact]
    public async Task End_BeforeItBegan_ItNeverHolds()
    {
        var silence = Some(hours: 2) with { StartsAt = Noon.AddHours(1) };
        await AddAsync(silence);
        Assert.True(await EndAsync(silence.Id, Noon));
        Assert.Empty(await ListAsync(Noon.AddHours(1)));
    }

    [Fact]
    public async Task End_UnknownOrOver_IsFalse()
    {
        var over = Some(hours: 1);
        await AddAsync(over);
        Assert.False(await EndAsync(over.Id, Noon.AddHours(1)));
        Assert.False(await EndAsync(Guid.NewGuid(), Noon));
    }

    private static StoredSilence Some(int hours) =>
        new(Guid.CreateVersion7(Noon), ["rule=rate", "app=~no.*"], "known", "ann", Noon.AddMinutes(-1), Noon.AddMinutes(-1), Noon.AddHours(hours));

    private Task AddAsync(StoredSilence silence) => _silences.AddAsync(silence, CancellationToken.None);

    private Task<bool> EndAsync(Guid id, DateTimeOffset now) => _silences.EndAsync(id, now, CancellationToken.None);

    private Task<IReadOnlyList<StoredSilence>> ListAsync(DateTimeOffset endingAfter) => _silences.ListAsync(endingAfter, CancellationToken.None);
}
