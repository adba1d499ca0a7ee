using System.Text;
using SyncHealth.Storage.Diagnosis;
using SyncHealth.Storage.Vitals;

namespace SyncHealth.Ingest.Health;

/// <summary>What the tables take of the disk, on the Prometheus page. Every process says the same: alert on the maximum.</summary>
internal sealed class DiskMetricsSource(InstallationReader installation) : IMetricsSource
{
    public async Task WriteAsync(StringBuilder output, CancellationToken cancellationToken)
    {
        var tables = await installation.ReadSizesAsync(cancellationToken);
        var page = new PrometheusText(output);
        page.Gauges("synchealth_table_size_bytes", "Disk that a table and its indexes take; the day partitions of event are one.", "table", [.. tables.Select(table => (table.Name, table.TotalBytes))]);
        page.Gauges("synchealth_table_dead_rows", "Rows that autovacuum has not cleared yet, as estimated.", "table", [.. tables.Select(table => (table.Name, table.DeadRows))]);
    }
}
