using Microsoft.Extensions.Logging.Abstractions;
using SyncHealth.Storage.Processes;
using SyncHealth.Testing;
using Xunit;

namespace SyncHealth.Storage.Tests.Processes;

public sealed class ProcessRegistryTests : IAsyncLifetime
{
    private TestDatabase _database = null!;

    public async ValueTask InitializeAsync() => _database = await TestDatabase.CreateAsync();

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    [Fact]
    public async Task Beat_ProcessesComeAndGo_AreCounted()
    {
        var (first, second) = (Create(), Create());
        Assert.Equal(1, first.Live);
        await first.BeatAsync(CancellationToken.None);
        await second.BeatAsync(CancellationToken.None);
        await first.BeatAsync(CancellationToken.None);
        Assert.Equal((2, 2), (first.Live, second.Live));

        await second.LeaveAsync(CancellationToken.None);
        await first.BeatAsync(CancellationToken.None);
        Assert.Equal(1, first.Live);
    }

    [Theory]
    [InlineData("14 seconds", 2, 2)]
    [InlineData("16 seconds", 1, 2)]
    [InlineData("25 hours", 1, 1)]
    public async Task Beat_AnotherFellSilent_CountsItForThreeSignsAndForgetsItAfterADay(string silence, int live, int rows)
    {
        var (mine, killed) = (Create(), Create());
        await killed.BeatAsync(CancellationToken.None);
        await using (var command = _database.DataSource.CreateCommand($"update synchealth.process set seen_at = clock_timestamp() - interval '{silence}'"))
            await command.ExecuteNonQueryAsync();

        await mine.BeatAsync(CancellationToken.None);

        Assert.Equal(live, mine.Live);
        await using var count = _database.DataSource.CreateCommand("select count(*) from synchealth.process");
        Assert.Equal((long)rows, await count.ExecuteScalarAsync());
    }

    [Fact]
    public async Task Run_DatabaseAway_KeepsTheCountAndComesBack()
    {
        var (mine, other) = (Create(), Create());
        await other.BeatAsync(CancellationToken.None);
        await mine.BeatAsync(CancellationToken.None);
        using var stop = new CancellationTokenSource();
        Task running;
        await using (await Outage.StartAsync(_database))
        {
            running = mine.RunAsync(stop.Token);
            Assert.Equal(2, mine.Live);
        }

        await stop.CancelAsync();
        await running;
        await other.BeatAsync(CancellationToken.None);
        Assert.Equal(1, other.Live);
    }

    private ProcessRegistry Create() => new(_database.DataSource, NullLogger<ProcessRegistry>.Instance);
}
