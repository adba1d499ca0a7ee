using SyncHealth.Client.Sending;
using SyncHealth.Client.Tests.Support;
using SyncHealth.Contracts;
using SyncHealth.Testing;

namespace SyncHealth.Client.Tests.Sending;

/// <summary>Networks that cost and batteries that end: what the device says decides when a part of a batch may leave.</summary>
public sealed class ConditionsTests : IAsyncDisposable
{
    private readonly FakeIngest _ingest = new();
    private readonly ManualTimeProvider _time = Some.Clock();
    private readonly SyncTelemetryOptions _options;
    private SyncTelemetry? _telemetry;
    private SendConditions _conditions;

    public ConditionsTests()
    {
        _options = Some.Options(_ingest, time: _time);
        _options.Conditions = () => _conditions;
    }

    private SyncTelemetry Telemetry => _telemetry ??= SyncTelemetry.Create(_options);

    public async ValueTask DisposeAsync()
    {
        await Telemetry.DisposeAsync();
        _ingest.Dispose();
    }

    [Theory]
    [InlineData(SendConditions.None, 15)]
    [InlineData(SendConditions.Metered, 900)]
    [InlineData(SendConditions.LowBattery, 900)]
    [InlineData(SendConditions.Metered | SendConditions.LowBattery, 900)]
    public void UntilNext_PartBatch_WaitsAsTheConditionsAsk(SendConditions conditions, int seconds)
    {
        var pace = new SendPace(new RetrySchedule(new Random(1)), new ReplayPace(100, TimeSpan.FromSeconds(1)), 100, TimeSpan.FromSeconds(15), TimeSpan.FromMinutes(15));

        Assert.Equal(TimeSpan.FromSeconds(seconds), pace.UntilNext(TimeSpan.Zero, 1, conditions));
        Assert.Equal(TimeSpan.Zero, pace.UntilNext(TimeSpan.FromSeconds(seconds), 1, conditions));
        Assert.Equal(TimeSpan.Zero, pace.UntilNext(TimeSpan.Zero, 100, conditions));
    }

    [Fact]
    public async Task Offline_NothingIsTried_UntilTheDeviceSaysOtherwise()
    {
        _conditions = SendConditions.Offline;
        await RecordAsync(_options.BatchSize);
        for (var i = 0; i < 5; i++)
        {
            await AsleepAsync();
            _time.Advance(_options.BatchInterval);
        }

        await AsleepAsync();
        Assert.Empty(_ingest.Batches);
        _conditions = SendConditions.None;
        _time.Advance(_options.BatchInterval);
        await Eventually.TrueAsync(() => Telemetry.Status.Sent == _options.BatchSize, "the batch leaves");
    }

    [Fact]
    public async Task Flush_WhateverTheConditions_Sends()
    {
        _conditions = SendConditions.Offline | SendConditions.LowBattery;
        await RecordAsync(1);

        Assert.True(await Telemetry.FlushAsync());
        Assert.Single(_ingest.Events);
    }

    [Fact]
    public async Task Conditions_Throw_NothingSpeaksAgainstSending()
    {
        _options.Conditions = () => throw new InvalidOperationException("host's battery");
        await RecordAsync(_options.BatchSize);

        await Eventually.TrueAsync(() => Telemetry.Status.Sent == _options.BatchSize, "the batch leaves");
    }

    [Fact]
    public async Task FlushWithin_ServerHangs_ReturnsAndKeepsTheEvents()
    {
        using var hanging = new HangingHandler();
        await using var telemetry = SyncTelemetry.Create(Some.Options(hanging));
        telemetry.StartSync(SyncType.Delta).Succeed();
        Assert.True(await telemetry.FlushToDiskAsync());

        Assert.False(await telemetry.FlushAsync(TimeSpan.FromMilliseconds(100)));
        Assert.Equal(1, telemetry.Status.Queued);
    }

    private async Task RecordAsync(int count)
    {
        for (var i = 0; i < count; i++)
            Telemetry.StartSync(SyncType.Delta).Succeed();
        Assert.True(await Telemetry.FlushToDiskAsync());
    }

    private Task AsleepAsync() => Eventually.TrueAsync(() => _time.PendingTimers == 1, "the loop sleeps");
}
