using System.Collections.Frozen;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Globalization;
using System.Runtime.InteropServices;
using SyncHealth.Contracts;
using SyncHealth.Ingest.Intake;
using SyncHealth.Ingest.Limits;
using SyncHealth.Storage.Writes;

namespace SyncHealth.Ingest.Health;

/// <summary>What the ingest edge counts about itself: one set of numbers, read by <c>/metrics</c> and by OpenTelemetry.</summary>
internal sealed class IngestMetrics : IDisposable
{
    public const string SourceName = "SyncHealth.Ingest";

    /// <summary>Spans of requests, for the operator's own tracing.</summary>
    public static readonly ActivitySource Activities = new(SourceName);

    private static readonly FrozenDictionary<int, string> StatusNames = new[] { 200, 400, 401, 408, 413, 415, 429, 500, 503 }
        .ToFrozenDictionary(status => status, status => status.ToString(CultureInfo.InvariantCulture));

    private readonly Meter _meter = new(SourceName);
    private readonly Histogram<double> _commitSeconds;
    private readonly Histogram<int> _batchEvents;
    private readonly Histogram<double> _lagSeconds;

    public IngestMetrics()
    {
        Observe("synchealth.ingest.events.accepted", "Events that were committed as new.", Accepted);
        Observe("synchealth.ingest.events.duplicate", "Events that were known already.", Duplicates);
        Observe("synchealth.ingest.events.id_conflict", "Duplicates with another body.", IdConflicts);
        Observe("synchealth.ingest.events.rejected", "Events refused, by reason.", Rejected, "reason");
        Observe("synchealth.ingest.requests", "Requests answered, by status.", Requests, "status", "{request}");
        Observe("synchealth.ingest.requests.limited", "Requests refused for their rate, by whose limit it was.", Limited, "limit", "{request}");
        _commitSeconds = _meter.CreateHistogram<double>("synchealth.ingest.commit.duration", "s", "From a batch's submission to its commit.", advice: Advice(Commit));
        _batchEvents = _meter.CreateHistogram("synchealth.ingest.batch.size", "{event}", "Events of a committed batch, duplicates included.", advice: new InstrumentAdvice<int> { HistogramBucketBoundaries = [.. BatchSize.Bounds.Select(bound => (int)bound)] });
        _lagSeconds = _meter.CreateHistogram("synchealth.ingest.arrival.lag", "s", "From an event's corrected time to its arrival.", advice: Advice(ArrivalLag));
    }

    public Counter Accepted { get; } = new();

    public Counter Duplicates { get; } = new();

    public Counter IdConflicts { get; } = new();

    public Counter UnknownFields { get; } = new();

    public Counter UnknownValues { get; } = new();

    public Counter Cut { get; } = new();

    public Counter Scrubbed { get; } = new();

    public Counter Redacted { get; } = new();

    public Counter Clamped { get; } = new();

    public Counter ClockCorrected { get; } = new();

    public Counter Ignored { get; } = new();

    public Counter ReportedDrops { get; } = new();

    public LabelledCounter Rejected { get; } = new(
    [
        ReasonCodes.TimestampOutOfRange, ReasonCodes.TimestampRequired, ReasonCodes.TypeRequired, ReasonCodes.InvalidType,
        ReasonCodes.SuccessRequired, ReasonCodes.DurationRequired, ReasonCodes.DurationOutOfRange, ReasonCodes.InconsistentOutcome,
        ReasonCodes.InvalidField, ReasonCodes.AppRequired, ReasonCodes.AppMismatch, ReasonCodes.DeviceErased,
    ]);

    public LabelledCounter Requests { get; } = new(StatusNames.Values);

    /// <summary>Requests refused for their rate, by whose limit it was.</summary>
    public LabelledCounter Limited { get; } = new([EventBudget.KeyLimit, EventBudget.AppLimit]);

    /// <summary>In seconds: a group commit takes milliseconds; seconds mean that the database struggles.</summary>
    public Buckets Commit { get; } = new([0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10]);

    /// <summary>In events: the SDK sends up to a hundred, the contract allows ten thousand.</summary>
    public Buckets BatchSize { get; } = new([1, 5, 10, 25, 50, 100, 250, 500, 1_000, 2_500, 5_000, 10_000]);

    /// <summary>In seconds: the lag classes of <c>rollup_arrival</c>.</summary>
    public Buckets ArrivalLag { get; } = new([60, 900, 3_600, 21_600, 86_400, 259_200]);

    /// <summary>Says on a request's span what became of it.</summary>
    public static void Tag(Activity? span, IngestOutcome outcome)
    {
        if (span is null)
            return;
        span.SetTag("http.response.status_code", outcome.Status);
        span.SetTag("synchealth.events.accepted", outcome.Accepted);
        span.SetTag("synchealth.events.duplicate", outcome.Duplicates);
        span.SetTag("synchealth.events.rejected", outcome.Rejections.Count);
        if (outcome.Refusal is not { } refusal)
            return;
        span.SetTag("error.type", refusal.Code);
        if (refusal.Status >= 500)
            span.SetStatus(ActivityStatusCode.Error, refusal.Message);
    }

    public void CountRequest(int status) => Requests[StatusNames.TryGetValue(status, out var name) ? name : ""].Add();

    public void CountTaken(in Adjustments adjustments, IntakeResult taken)
    {
        UnknownFields.Add(adjustments.UnknownFields);
        UnknownValues.Add(adjustments.UnknownValues);
        Cut.Add(adjustments.Cut);
        Scrubbed.Add(adjustments.Scrubbed);
        Redacted.Add(adjustments.Redacted);
        Clamped.Add(adjustments.Clamped);
        ClockCorrected.Add(adjustments.ClockCorrected);
        Ignored.Add(adjustments.Ignored);
        foreach (var rejection in taken.Rejections)
            Rejected[rejection.Code].Add();
    }

    public void CountCommitted(EventBatch batch, in WriteReceipt receipt, TimeSpan duration)
    {
        Accepted.Add(receipt.Accepted);
        Duplicates.Add(receipt.Duplicates);
        IdConflicts.Add(receipt.IdConflicts);
        Rejected[ReasonCodes.DeviceErased].Add(receipt.Erased?.Count ?? 0);
        foreach (var drop in batch.Drops)
            ReportedDrops.Add(drop.Count);
        Commit.Record(duration.TotalSeconds);
        _commitSeconds.Record(duration.TotalSeconds);
        BatchSize.Record(batch.Events.Count);
        _batchEvents.Record(batch.Events.Count);
        foreach (ref readonly var row in CollectionsMarshal.AsSpan(batch.Events))
            CountLag((batch.ReceivedAt - row.EventAt).TotalSeconds);
    }

    public void Dispose() => _meter.Dispose();

    private static InstrumentAdvice<double> Advice(Buckets buckets) => new() { HistogramBucketBoundaries = buckets.Bounds };

    private void CountLag(double seconds)
    {
        ArrivalLag.Record(seconds);
        _lagSeconds.Record(seconds);
    }

    private void Observe(string name, string description, Counter counter) =>
        _meter.CreateObservableCounter(name, () => counter.Value, "{event}", description);

    private void Observe(string name, string description, LabelledCounter counter, string label, string unit = "{event}") =>
        _meter.CreateObservableCounter(
            name,
            () => counter.Values.Select(pair => new Measurement<long>(pair.Count, new KeyValuePair<string, object?>(label, pair.Value))),
            unit,
            description);
}
