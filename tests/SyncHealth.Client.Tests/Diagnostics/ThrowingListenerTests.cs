using System.Diagnostics;
using System.Diagnostics.Metrics;
using SyncHealth.Client.Tests.Support;
using SyncHealth.Contracts;

namespace SyncHealth.Client.Tests.Diagnostics;

/// <summary>A12: what the host hangs on our meter and source is called on our threads, and may throw.</summary>
[Collection(nameof(Alone))]
public sealed class ThrowingListenerTests : IDisposable
{
    private readonly FakeIngest _ingest = new();

    public void Dispose() => _ingest.Dispose();

    [Fact]
    public async Task MeterListener_ThrowsAtEveryMeasurement_NothingIsThrownLostOrDoubled()
    {
        using var listener = new MeterListener { InstrumentPublished = (instrument, me) => { if (instrument.Meter.Name == "SyncHealth.Client") me.EnableMeasurementEvents(instrument); } };
        listener.SetMeasurementEventCallback<long>((_, _, _, _) => throw new InvalidOperationException("host's meter"));
        listener.SetMeasurementEventCallback<double>((_, _, _, _) => throw new InvalidOperationException("host's meter"));
        listener.Start();

        await RecordAndAssertAsync("host's meter");
    }

    [Fact]
    public async Task ActivityListener_ThrowsAtStartAndEnd_NothingIsThrownLostOrDoubled()
    {
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == "SyncHealth.Client",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = _ => throw new InvalidOperationException("host's tracer"),
        };
        ActivitySource.AddActivityListener(listener);

        await RecordAndAssertAsync("host's tracer");
    }

    private async Task RecordAndAssertAsync(string problem)
    {
        await using var telemetry = SyncTelemetry.Create(Some.Options(_ingest));
        for (var i = 0; i < 3; i++)
        {
            telemetry.StartSync(SyncType.Delta).Fail(SyncErrorKind.Server);
            Assert.True(await telemetry.FlushAsync());
        }

        Assert.Equal([1, 2, 3], _ingest.Batches.SelectMany(batch => batch.Seqs));
        Assert.Equal(3, _ingest.Events.Count);
        Assert.Contains(problem, telemetry.Status.LastProblem, StringComparison.Ordinal);
    }
}
