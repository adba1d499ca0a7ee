using SyncHealth.Storage.Markers;
using SyncHealth.Storage.Tests.Writes;
using SyncHealth.Testing;
using Xunit;

namespace SyncHealth.Storage.Tests.Markers;

public sealed class MarkerStoreTests : IAsyncLifetime
{
    private TestDatabase _database = null!;
    private MarkerStore _markers = null!;

    public async ValueTask InitializeAsync()
    {
        _database = await TestDatabase.CreateAsync();
        _markers = new MarkerStore(_database.DataSource, new ManualTimeProvider(Some.Now));
    }

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    [Fact]
    public async Task List_OfOneApp_HasItsMarkersAndThoseOfAllApps()
    {
        var all = await AddAsync(null, minutes: 3, "backend 5.1");
        var notes = await AddAsync("notes", minutes: 1, "2.5.0");
        await AddAsync("photos", minutes: 2, "7.0");

        Assert.Equal([notes, all], await _markers.ListAsync("notes", Some.Now, Some.Now.AddHours(1), CancellationToken.None));
        Assert.Equal(["2.5.0", "7.0", "backend 5.1"], (await _markers.ListAsync(null, Some.Now, Some.Now.AddHours(1), CancellationToken.None)).Select(marker => marker.Text));
    }

    [Fact]
    public async Task List_Range_IncludesItsStartAndNotItsEnd()
    {
        var first = await AddAsync(null, minutes: 0, "start");
        await AddAsync(null, minutes: 60, "end");
        await AddAsync(null, minutes: -1, "before");

        Assert.Equal([first], await _markers.ListAsync(null, Some.Now, Some.Now.AddHours(1), CancellationToken.None));
    }

    [Fact]
    public async Task Add_TheSameTwice_IsOne()
    {
        var marker = await AddAsync(null, minutes: 0, "once");
        await _markers.AddAsync(marker, CancellationToken.None);
        Assert.Single(await _markers.ListAsync(null, Some.Now, Some.Now.AddHours(1), CancellationToken.None));
    }

    private async Task<Marker> AddAsync(string? app, int minutes, string text)
    {
        var marker = new Marker(Guid.NewGuid(), app, Some.Now.AddMinutes(minutes), text);
        await _markers.AddAsync(marker, CancellationToken.None);
        return marker;
    }
}
