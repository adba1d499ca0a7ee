using System.Collections.Frozen;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Globalization;
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

    public IngestMetrics()
    {
        Observe("synchealth.ingest.events.accepted", "Events that were committed as new.", Accepted);
        Observe("synchealth.ingest.events.duplicate", "Events that were known already.", Duplicates);
        Observe("synchealth.ingest.events.id_conflict", "Duplicates with another body.", IdConflicts);
        Observe("synchealth.ingest.events.rejected", "Events refused, by reason.", Rejected, "reason");
        Observe("synchealth.ingest.requests", "Requests answered, by status.", Requests, "status");
        _commitSeconds = _meter.CreateHistogram<double>("synchealth.ingest.commit.duration", "s", "From a batch's submission to its commit.");
    }

    public Counter Accepted { get; } = new();

    public Counter Duplicates { get; } = new();

    public Counter IdConflicts { get; } = new();

    public Counter UnknownFields { get; } = new();

    public Counter UnknownValues { get; } = new();

    public Counter Cut { get; } = new();

    public Counter Scrubbed { get; } = new();

    public Counter Clamped { get; } = new();

    public Counter ClockCorrected { get; } = new();

    public Counter Ignored { get; } = new();

    public Counter ReportedDrops { get; } = new();

    public LabelledCounter Rejected { get; } = new(
    [
        ReasonCodes.TimestampOutOfRange, ReasonCodes.TimestampRequired, ReasonCodes.TypeRequired, ReasonCodes.InvalidType,
        ReasonCodes.SuccessRequired, ReasonCodes.DurationRequired, ReasonCodes.DurationOutOfRange, ReasonCodes.InconsistentOutcome,
        ReasonCodes.InvalidField, ReasonCodes.AppRequired, ReasonCodes.AppMismatch,
    ]);

    public LabelledCounter Requests { get; } = new(StatusNames.Values);

    /// <summary>Requests refused for their rate, by whose limit it was.</summary>
    public LabelledCounter Limited { get; } = new([EventBudget.KeyLimit, EventBudget.AppLimit]);

    public LatencyHistogram Commit { get; } = new();

    public void CountRequest(int status) => Requests[StatusNames.TryGetValue(status, out var name) ? name : ""].Add();

    public void CountTaken(in Adjustments adjustments, IntakeResult taken)
    {
        UnknownFields.Add(adjustments.UnknownFields);
        UnknownValues.Add(adjustments.UnknownValues);
        Cut.Add(adjustments.Cut);
        Scrubbed.Add(adjustments.Scrubbed);
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
        foreach (var drop in batch.Drops)
            ReportedDrops.Add(drop.Count);
        Commit.Record(duration);
        _commitSeconds.Record(duration.TotalSeconds);
    }

    public void Dispose() => _meter.Dispose();

    private void Observe(string name, string description, Counter counter) =>
        _meter.CreateObservableCounter(name, () => counter.Value, "{event}", description);

    private void Observe(string name, string description, LabelledCounter counter, string label) =>
        _meter.CreateObservableCounter(
            name,
            () => counter.Values.Select(pair => new Measurement<long>(pair.Count, new KeyValuePair<string, object?>(label, pair.Value))),
            "{event}",
            description);
}
