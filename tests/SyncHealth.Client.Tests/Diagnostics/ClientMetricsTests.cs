using System.Diagnostics;
using System.Diagnostics.Metrics;
using SyncHealth.Client.Tests.Support;
using SyncHealth.Contracts;

namespace SyncHealth.Client.Tests.Diagnostics;

/// <summary>Meter and source are the process's own, so these tests run alone.</summary>
[Collection(nameof(Alone))]
public sealed class ClientMetricsTests : IDisposable
{
    private readonly FakeIngest _ingest = new();

    public void Dispose() => _ingest.Dispose();

    [Fact]
    public async Task Meter_AttemptEnds_ReportsTheSameFacts()
    {
        var measured = new Dictionary<string, double>();
        var tags = new Dictionary<string, string?>();
        using var listener = new MeterListener { InstrumentPublished = (instrument, me) => { if (instrument.Meter.Name == "SyncHealth.Client") me.EnableMeasurementEvents(instrument); } };
        listener.SetMeasurementEventCallback<long>((instrument, value, with, _) => Measured(instrument, value, with));
        listener.SetMeasurementEventCallback<double>((instrument, value, with, _) => Measured(instrument, value, with));
        listener.Start();

        var time = Some.Clock();
        await using var telemetry = SyncTelemetry.Create(Some.Options(_ingest, time: time));
        using (var attempt = telemetry.StartSync(SyncType.Delta))
        {
            time.Advance(TimeSpan.FromMilliseconds(1500));
            attempt.On(SyncNetwork.Cellular).Queue(9).Conflict("note", ConflictKind.Unique, ConflictStrategy.Lww, ConflictWinner.Local, count: 3).Succeed();
        }

        Assert.True(await telemetry.FlushAsync());
        Assert.Equal((1, 1.5, 3, 9, 1), (measured["sync.attempts"], measured["sync.duration"], measured["sync.conflicts"], measured["sync.queue_depth"], measured["synchealth.client.sent"]));
        Assert.Equal(("delta", "success", "cellular"), (tags["sync.type"], tags["sync.outcome"], tags["network.connection.type"]));

        void Measured(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> with)
        {
            measured[instrument.Name] = measured.GetValueOrDefault(instrument.Name) + value;
            foreach (var tag in with)
                tags[tag.Key] = tag.Value?.ToString();
        }
    }

    [Fact]
    public async Task Meter_EventsGivenUp_ReportsTheReason()
    {
        var dropped = new Dictionary<string, long>();
        using var listener = new MeterListener { InstrumentPublished = (instrument, me) => { if (instrument.Name == "synchealth.client.dropped") me.EnableMeasurementEvents(instrument); } };
        listener.SetMeasurementEventCallback<long>((_, value, with, _) => dropped[with[0].Value!.ToString()!] = value);
        listener.Start();
        _ingest.Respond = batch => batch.Seqs.Contains(2) ? FakeIngest.Refusal(System.Net.HttpStatusCode.BadRequest) : null;

        await using var telemetry = SyncTelemetry.Create(Some.Options(_ingest));
        for (var i = 0; i < 3; i++)
            telemetry.StartSync(SyncType.Delta).Succeed();
        await telemetry.FlushAsync();

        Assert.Equal(1, Assert.Contains("poison", dropped));
    }

    [Fact]
    public async Task Source_AttemptFails_LeavesASpanWithTheError()
    {
        Activity? ended = null;
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == "SyncHealth.Client",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = activity => ended = activity,
        };
        ActivitySource.AddActivityListener(listener);

        await using var telemetry = SyncTelemetry.Create(Some.Options(_ingest));
        telemetry.StartSync(SyncType.Push, SyncTrigger.User).Pushed(2).Fail(SyncErrorKind.Server, "http_503");

        Assert.Equal("sync push", ended!.DisplayName);
        Assert.Equal(ActivityStatusCode.Error, ended.Status);
        Assert.Equal("http_503", ended.GetTagItem("error.type"));
        Assert.Equal(2, ended.GetTagItem("sync.items.pushed"));
    }
}
