using SyncHealth.Faults.Tests.SeededBugs;
using SyncHealth.Faults.Tests.Support;
using SyncHealth.Testing;
using Xunit;

namespace SyncHealth.Faults.Tests.Clocks;

/// <summary>C6: a device's drift is measured when its request arrives, not when its body has (getsentry/relay #534).</summary>
public sealed class SlowUploadTests : IAsyncLifetime
{
    private TestDatabase _database = null!;

    public async ValueTask InitializeAsync()
    {
        _database = await TestDatabase.CreateAsync();
        await IngestStage.CreateKeyAsync(_database.DataSource);
    }

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    [Fact]
    public async Task Post_BodyTakesTwoHours_TheEventKeepsItsTime() => Assert.Equal(TimeSpan.Zero, await SlowUpload.ShiftAsync(_database, SeededBug.None));
}
