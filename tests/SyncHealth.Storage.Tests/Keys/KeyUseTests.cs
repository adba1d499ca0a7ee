using Microsoft.Extensions.Logging.Abstractions;
using SyncHealth.Storage.Keys;
using SyncHealth.Storage.Tests.Writes;
using SyncHealth.Testing;
using Xunit;

namespace SyncHealth.Storage.Tests.Keys;

public sealed class KeyUseTests : IAsyncLifetime
{
    private readonly ManualTimeProvider _clock = new(Some.Now);
    private TestDatabase _database = null!;
    private KeyStore _keys = null!;
    private string _id = null!;

    public async ValueTask InitializeAsync()
    {
        _database = await TestDatabase.CreateAsync();
        _keys = new KeyStore(_database.DataSource, _clock, _clock);
        _id = (await _keys.CreateAsync(new NewKey("notes", "label"), CancellationToken.None)).Key.Id;
    }

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    [Fact]
    public async Task Save_NotedTwice_KeepsTheLastUse()
    {
        Assert.Null(await LastUsedAsync());
        var use = Use();
        use.Note(_id);
        _clock.Advance(TimeSpan.FromMinutes(2));
        use.Note(_id);
        use.Note("no such key");
        await use.SaveAsync(CancellationToken.None);
        Assert.Equal(Some.Now.AddMinutes(2), await LastUsedAsync());
    }

    [Fact]
    public async Task Save_ByASlowerProcess_TakesNothingBack()
    {
        var (slow, quick) = (Use(), Use());
        slow.Note(_id);
        _clock.Advance(TimeSpan.FromMinutes(2));
        quick.Note(_id);
        await quick.SaveAsync(CancellationToken.None);
        await slow.SaveAsync(CancellationToken.None);
        Assert.Equal(Some.Now.AddMinutes(2), await LastUsedAsync());
    }

    private KeyUse Use() => new(_database.DataSource, _clock, NullLogger<KeyUse>.Instance);

    private async Task<DateTimeOffset?> LastUsedAsync() => Assert.Single(await _keys.ListAsync(CancellationToken.None)).LastUsedAt;
}
