using System.Globalization;
using System.Text;

namespace SyncHealth.Ingest.Health;

/// <summary>Writes metric families in the Prometheus text format 0.0.4.</summary>
internal sealed class PrometheusText(StringBuilder output)
{
    public void Counter(string name, string help, long value) => Family(name, help, "counter").Sample(name, "", value);

    public void Gauge(string name, string help, long value) => Family(name, help, "gauge").Sample(name, "", value);

    public void Counters(string name, string help, string label, LabelledCounter counter)
    {
        Family(name, help, "counter");
        foreach (var (value, count) in counter.Values)
            Sample(name, $"{{{label}=\"{value}\"}}", count);
    }

    public void Histogram(string name, string help, Buckets histogram)
    {
        Family(name, help, "histogram");
        var counts = histogram.Cumulative();
        for (var i = 0; i < histogram.Bounds.Count; i++)
            Sample(name + "_bucket", $"{{le=\"{histogram.Bounds[i].ToString(CultureInfo.InvariantCulture)}\"}}", counts[i]);
        Sample(name + "_bucket", "{le=\"+Inf\"}", counts[^1]);
        output.Append(CultureInfo.InvariantCulture, $"{name}_sum {histogram.Sum}\n");
        Sample(name + "_count", "", counts[^1]);
    }

    /// <summary>A gauge with one value per label value.</summary>
    public void Gauges(string name, string help, string label, params ReadOnlySpan<(string Value, long Number)> samples)
    {
        Family(name, help, "gauge");
        foreach (var (value, number) in samples)
            Sample(name, $"{{{label}=\"{value}\"}}", number);
    }

    /// <summary>A counter with one value per combination of labels.</summary>
    public void Counters(string name, string help, IReadOnlyList<string> labels, IReadOnlyList<(IReadOnlyList<string> Values, long Number)> samples)
    {
        Family(name, help, "counter");
        foreach (var (values, number) in samples)
            Sample(name, $"{{{string.Join(',', labels.Zip(values, (label, value) => $"{label}=\"{value}\""))}}}", number);
    }

    private PrometheusText Family(string name, string help, string type)
    {
        output.Append(CultureInfo.InvariantCulture, $"# HELP {name} {help}\n# TYPE {name} {type}\n");
        return this;
    }

    private void Sample(string name, string labels, long value) =>
        output.Append(CultureInfo.InvariantCulture, $"{name}{labels} {value}\n");
}
