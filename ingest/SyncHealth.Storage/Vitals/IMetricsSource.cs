using System.Text;

namespace SyncHealth.Storage.Vitals;

/// <summary>Adds metric families to the Prometheus page: whoever serves <c>/metrics</c> asks all registered sources in turn.</summary>
public interface IMetricsSource
{
    /// <summary>Appends whole families in the text format (HELP, TYPE, samples), each line ended by <c>\n</c>. Names of families do not occur in other sources.</summary>
    Task WriteAsync(StringBuilder output, CancellationToken cancellationToken);
}
