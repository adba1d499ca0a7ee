using System.Net;
using SyncHealth.Faults.Tests.SeededBugs;
using SyncHealth.Faults.Tests.Support;
using SyncHealth.Testing;
using Xunit;

namespace SyncHealth.Faults.Tests.Hostile;

/// <summary>What seeded bugs are held against, of the product as it is.</summary>
public sealed class RefusalTests : IAsyncLifetime
{
    private TestDatabase _database = null!;

    public async ValueTask InitializeAsync()
    {
        _database = await TestDatabase.CreateAsync();
        await IngestStage.CreateKeyAsync(_database.DataSource);
    }

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    [Fact]
    public async Task Post_OneBomb_AllocatesLessThanTwiceTheLimit() => Assert.InRange(await BombCost.MeasureAsync(_database, SeededBug.None), 0, BombCost.MaxBytes);

    [Fact]
    public async Task Post_UnknownKey_Is401() => Assert.Equal(HttpStatusCode.Unauthorized, await StrangersKey.StatusAsync(_database, SeededBug.None));
}
