using System.Text;
using SyncHealth.Ingest.Limits;
using SyncHealth.Storage.Processes;
using SyncHealth.Storage.Vitals;
using SyncHealth.Storage.Writes;

namespace SyncHealth.Ingest.Health;

/// <summary>The edge's own health on the Prometheus page.</summary>
internal sealed class IngestMetricsSource(IngestMetrics metrics, InFlightBytes inFlight, BatchWriter writer, ProcessRegistry processes) : IMetricsSource
{
    public Task WriteAsync(StringBuilder output, CancellationToken cancellationToken)
    {
        var page = new PrometheusText(output);
        page.Counter("synchealth_events_accepted_total", "Events committed as new.", metrics.Accepted.Value);
        page.Counter("synchealth_events_duplicate_total", "Events that were known already by identity.", metrics.Duplicates.Value);
        page.Counter("synchealth_id_conflicts_total", "Duplicates whose body differed from the kept one.", metrics.IdConflicts.Value);
        page.Counters("synchealth_events_rejected_total", "Events refused one by one, by reason.", "reason", metrics.Rejected);
        page.Counters("synchealth_requests_total", "Requests answered, by HTTP status.", "status", metrics.Requests);
        page.Counters("synchealth_requests_limited_total", "Requests refused for their rate, by whose limit it was.", "limit", metrics.Limited);
        page.Counter("synchealth_unknown_fields_total", "Fields the contract does not know, ignored.", metrics.UnknownFields.Value);
        page.Counter("synchealth_unknown_values_total", "Values outside their enumeration, stored as unknown.", metrics.UnknownValues.Value);
        page.Counter("synchealth_values_cut_total", "Strings and lists cut to their limit.", metrics.Cut.Value);
        page.Counter("synchealth_values_scrubbed_total", "Strings with NUL or lone surrogates replaced.", metrics.Scrubbed.Value);
        page.Counter("synchealth_values_redacted_total", "Strings out of which something personal or secret was taken.", metrics.Redacted.Value);
        page.Counter("synchealth_values_clamped_total", "Numbers and times held to their bounds.", metrics.Clamped.Value);
        page.Counter("synchealth_clocks_corrected_total", "Events whose device clock was corrected.", metrics.ClockCorrected.Value);
        page.Counter("synchealth_records_ignored_total", "OTLP records of other event names, accepted and not stored.", metrics.Ignored.Value);
        page.Counter("synchealth_client_drops_total", "Events that clients say they dropped.", metrics.ReportedDrops.Value);
        page.Histogram("synchealth_commit_duration_seconds", "From a batch's submission to its commit.", metrics.Commit);
        page.Histogram("synchealth_batch_size_events", "Events of a committed batch, duplicates included.", metrics.BatchSize);
        page.Histogram("synchealth_arrival_lag_seconds", "From an event's corrected time to its arrival.", metrics.ArrivalLag);
        page.Gauge("synchealth_write_queue_events", "Events that wait for a commit.", writer.QueuedEvents);
        page.Gauge("synchealth_bodies_in_flight_bytes", "Request bodies in memory.", inFlight.Taken);
        var pool = PoolReading.Take();
        page.Gauges("synchealth_database_connections", "Connections to the database, by state.", "state", ("idle", pool.Idle), ("used", pool.Used));
        page.Gauge("synchealth_ingest_processes", "Processes that share the limits of keys and apps, this one included.", processes.Live);
        return Task.CompletedTask;
    }
}
