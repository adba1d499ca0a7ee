using SyncHealth.Testing;
using Xunit;

namespace SyncHealth.Ingest.Tests.Health;

/// <summary>A lint that finds nothing proves nothing: each rule is shown a page that breaks it.</summary>
public sealed class PrometheusLintTests
{
    private const string Clean = """
        # HELP a_total Counts a.
        # TYPE a_total counter
        a_total{x="1",y="\"\\\n"} 1
        a_total{x="2",y=""} 2.5e-3
        # A remark.
        # HELP b_seconds Lasts.
        # TYPE b_seconds histogram
        b_seconds_bucket{le="0.1"} 1
        b_seconds_bucket{le="+Inf"} 3
        b_seconds_sum 4.5
        b_seconds_count 3
        # HELP c_bytes Holds.
        # TYPE c_bytes gauge
        c_bytes -1
        """ + "\n";

    [Fact]
    public void Check_CleanPage_FindsNothing() => Assert.Empty(PrometheusLint.Check(Clean));

    [Theory]
    [InlineData("# HELP a_total Counts a.\n", "", "a_total has no HELP.")]
    [InlineData("# TYPE a_total counter\n", "", "a_total has the TYPE ''.")]
    [InlineData("a_total counter", "a_total count", "a_total has the TYPE 'count'.")]
    [InlineData("a_total counter", "a_total gauge", "only they, end in _total")]
    [InlineData("c_bytes gauge", "c_bytes counter", "only they, end in _total")]
    [InlineData("c_bytes", "c_kilobytes", "use the base unit")]
    [InlineData("c_bytes", "c_ms", "use the base unit")]
    [InlineData("c_bytes", "c_gauge", "names its type")]
    [InlineData("c_bytes", "cBytes", "lower case")]
    [InlineData("c_bytes", "c_sum", "part of a histogram")]
    [InlineData("c_bytes -1", "c_bytes", "No sample")]
    [InlineData("c_bytes -1", "c_bytes one", "No sample")]
    [InlineData("c_bytes -1", "c_bytes{x=1} 1", "No sample")]
    [InlineData("c_bytes -1", "d_bytes 1", "outside its family")]
    [InlineData("c_bytes -1", "c_bytes 1\nc_bytes 2", "occurs twice")]
    [InlineData("# HELP c_bytes Holds.\n# TYPE c_bytes gauge\nc_bytes -1", "# HELP a_total Again.\n# TYPE a_total counter", "a_total occurs twice")]
    [InlineData("# TYPE c_bytes gauge\nc_bytes -1", "c_bytes -1\n# TYPE c_bytes gauge", "after its samples")]
    [InlineData("} 1\n", "} -1\n", "counts down")]
    [InlineData("{le=\"+Inf\"} 3", "{le=\"1\"} 3", "+Inf")]
    [InlineData("b_seconds_sum 4.5\n", "", "_sum")]
    [InlineData("_count 3", "_count 4", "counts 4")]
    [InlineData("{le=\"0.1\"} 1", "{le=\"0.1\"} 9", "out of order")]
    public void Check_BrokenPage_SaysWhat(string part, string replacement, string complaint) =>
        Assert.Contains(PrometheusLint.Check(Clean.Replace(part, replacement, StringComparison.Ordinal)), problem => problem.Contains(complaint, StringComparison.Ordinal));

    [Fact]
    public void Check_NoLineFeedAtTheEnd_IsFound() => Assert.Single(PrometheusLint.Check(Clean.TrimEnd('\n')));
}
