using System.Globalization;
using System.Text;
using SyncHealth.Storage.Vitals;

namespace SyncHealth.Api;

/// <summary>One gauge of the Prometheus page, in base units; a value that is not known has no sample.</summary>
/// <param name="Name">Family name.</param>
/// <param name="Help">What it counts.</param>
/// <param name="Samples">Further labels (each after a comma) and values of one app's point.</param>
internal sealed record MetricFamily(string Name, string Help, Func<VitalsPoint, IEnumerable<(string Labels, double? Value)>> Samples)
{
    public void Write(StringBuilder output, IEnumerable<(string App, VitalsPoint Point)> points)
    {
        output.Append(CultureInfo.InvariantCulture, $"# HELP {Name} {Help}\n# TYPE {Name} gauge\n");
        foreach (var (app, point) in points)
            foreach (var (labels, value) in Samples(point))
                if (value is { } number)
                    output.Append(CultureInfo.InvariantCulture, $"{Name}{{app=\"{Escape(app)}\"{labels}}} {number}\n");
    }

    private static string Escape(string text) =>
        text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal);
}
