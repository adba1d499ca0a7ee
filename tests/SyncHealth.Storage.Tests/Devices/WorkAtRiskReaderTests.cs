using SyncHealth.Contracts;
using SyncHealth.Storage.Devices;
using SyncHealth.Storage.Tests.Vitals;
using SyncHealth.Storage.Vitals;
using Xunit;

namespace SyncHealth.Storage.Tests.Devices;

public sealed class WorkAtRiskReaderTests : IAsyncLifetime
{
    private static readonly TimeSpan TooLong = TimeSpan.FromHours(6);

    private VitalsStage _stage = null!;

    private DateTimeOffset Now => _stage.Now;

    public async ValueTask InitializeAsync() => _stage = await VitalsStage.CreateAsync();

    public ValueTask DisposeAsync() => _stage.DisposeAsync();

    [Fact]
    public async Task ReadWorkAtRisk_SilentAndStuckDevices_CountsEachApartAndNobodyElse()
    {
        await _stage.CommitAsync(
            new Attempt(Now.AddDays(-31)) { Device = 1, Queue = 1_000 },
            new Attempt(Now.AddHours(-7)) { Device = 2, Queue = 5 },
            new Attempt(Now.AddHours(-1)) { Device = 3, Queue = 40, OldestPending = TimeSpan.FromHours(5.5) },
            new Attempt(Now.AddHours(-1)) { Device = 4, Queue = 70, OldestPending = TimeSpan.FromHours(1) },
            new Attempt(Now.AddHours(-9)) { Device = 5, Queue = 0 });

        var work = await ReadAsync();

        Assert.Equal(new WorkAtRisk { SilentDevices = 1, SilentItems = 5, StuckDevices = 1, StuckItems = 40 }, work);
        Assert.Equal((2, 45), (work.Devices, work.Items));
    }

    [Fact]
    public async Task ReadWorkAtRisk_NeverSucceededAndSaysNoAge_WaitsSinceItsFirstReport()
    {
        await _stage.CommitAsync(
            new Attempt(Now.AddHours(-8)) { Device = 1, Queue = 3, Outcome = SyncOutcome.Failure },
            new Attempt(Now.AddHours(-1)) { Device = 1, Queue = 4, Outcome = SyncOutcome.Failure },
            new Attempt(Now.AddHours(-1)) { Device = 2, Queue = 6, Outcome = SyncOutcome.Failure });

        Assert.Equal(new WorkAtRisk { StuckDevices = 1, StuckItems = 4 }, await ReadAsync());
    }

    [Fact]
    public async Task ReadWorkAtRisk_FoldedOrNotAndFiltered_IsTheSame()
    {
        await _stage.CommitAsync(
            new Attempt(Now.AddHours(-7)) { Device = 1, Queue = 5, Version = "3.0" },
            new Attempt(Now.AddHours(-7)) { Device = 2, Queue = 6 });
        var before = await ReadAsync(new DimensionFilter("app_version", "3.0"));
        await _stage.FoldAsync();

        Assert.Equal(new WorkAtRisk { SilentDevices = 1, SilentItems = 5 }, before);
        Assert.Equal(before, await ReadAsync(new DimensionFilter("app_version", "3.0")));
    }

    [Fact]
    public async Task ReadWorkAtRisk_PropertyOfAnAttempt_IsRefused() =>
        await Assert.ThrowsAsync<VitalsQueryException>(() => ReadAsync(new DimensionFilter("trigger", "user")));

    private Task<WorkAtRisk> ReadAsync(params DimensionFilter[] filters) => new WorkAtRiskReader(_stage.DataSource).ReadWorkAtRiskAsync(
        "notes", Now, Now - TooLong, filters, TestContext.Current.CancellationToken);
}
