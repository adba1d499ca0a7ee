using FsCheck.Fluent;
using SyncHealth.Storage.Devices;
using SyncHealth.Storage.Tests.Vitals;
using SyncHealth.Storage.Vitals;
using Xunit;

namespace SyncHealth.Storage.Tests.Devices;

public sealed class GapReaderTests : IAsyncLifetime
{
    private VitalsStage _stage = null!;

    private DateTimeOffset Now => _stage.Now;

    public async ValueTask InitializeAsync() => _stage = await VitalsStage.CreateAsync();

    public ValueTask DisposeAsync() => _stage.DisposeAsync();

    [Fact]
    public async Task Read_AnyOrderAnyFolds_CountsWhatIsMissing()
    {
        // Device 1 lacks 3 and 4 of 1 to 6; device 2 numbers nothing; device 3 left the window; device 4 numbers by the clock.
        Attempt[] attempts =
        [
            .. new long[] { 6, 1, 5, 2 }.Select(seq => new Attempt(Now.AddHours(-seq)) { Device = 1, Seq = seq, Id = seq }),
            new Attempt(Now.AddHours(-1)) { Device = 2 },
            new Attempt(Now.AddDays(-8)) { Device = 3, Seq = 7 },
            new Attempt(Now.AddDays(-8)) { Device = 3, Seq = 9 },
            new Attempt(Now.AddHours(-1)) { Device = 4, Seq = 0 },
            new Attempt(Now.AddHours(-1)) { Device = 4, Seq = long.MaxValue },
        ];
        var expected = new TelemetryGaps { Devices = 1, DevicesWithGaps = 1, Issued = 6, Received = 4, Missing = 2 };

        await _stage.CommitAsync(attempts.Take(2));
        await _stage.FoldAsync();
        await _stage.CommitAsync(attempts.Skip(2));
        Assert.Equal(expected, await ReadAsync());
        await _stage.CommitAsync(attempts.Take(4));
        await _stage.FoldAsync();
        Assert.Equal(expected, await ReadAsync());
    }

    [Fact]
    public async Task Read_LostEventsOfManyDevices_AddUp()
    {
        var device = 0L;
        var losses = Gen.Choose(2, 30).SelectMany(count => Gen.ArrayOf(Gen.Frequency((4, Gen.Constant(true)), (1, Gen.Constant(false))), count));
        var expected = new TelemetryGaps();
        foreach (var kept in losses.Sample(20, 40))
        {
            var seqs = Enumerable.Range(1, kept.Length).Where(seq => kept[seq - 1]).Select(seq => (long)seq).ToList();
            if (seqs.Count == 0)
                continue;
            device++;
            var (issued, received) = (seqs[^1] - seqs[0] + 1, seqs.Count);
            expected = new TelemetryGaps
            {
                Devices = device,
                DevicesWithGaps = expected.DevicesWithGaps + (issued > received ? 1 : 0),
                Issued = expected.Issued + issued,
                Received = expected.Received + received,
                Missing = expected.Missing + issued - received,
            };
            await _stage.CommitAsync(seqs.Select(seq => new Attempt(Now.AddMinutes(-seq * 50)) { Device = device, Seq = seq, Id = seq }).Reverse());
        }

        Assert.True(expected.Missing > 0);
        Assert.Equal(expected, await ReadAsync());
        await _stage.FoldAsync();
        Assert.Equal(expected, await ReadAsync());
    }

    [Fact]
    public async Task Read_Filters_AreOfDevices()
    {
        await _stage.CommitAsync(
            new Attempt(Now.AddHours(-1)) { Device = 1, Seq = 1, Os = "ios" },
            new Attempt(Now.AddHours(-1)) { Device = 2, Seq = 1, Cohort = "stable" },
            new Attempt(Now.AddHours(-1)) { Device = 2, Seq = 3, Cohort = "stable" });

        Assert.Equal(0, (await ReadAsync(new DimensionFilter("os", "ios"))).Missing);
        Assert.Equal(1, (await ReadAsync(new DimensionFilter("tag:cohort", "stable"))).Missing);
        Assert.Equal(new TelemetryGaps(), await ReadAsync(new DimensionFilter("os", "windows")));
        await Assert.ThrowsAsync<VitalsQueryException>(() => ReadAsync(new DimensionFilter("type", "delta")));
    }

    private Task<TelemetryGaps> ReadAsync(params IReadOnlyList<DimensionFilter> filters) =>
        _stage.Gaps.ReadAsync("notes", Now, filters, TestContext.Current.CancellationToken);
}
