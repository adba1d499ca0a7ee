using System.Diagnostics;
using System.Diagnostics.Metrics;
using OpenTelemetry;
using OpenTelemetry.Metrics;

namespace SyncHealth.Benchmarks.Sdk;

/// <summary>The same facts of an attempt through OpenTelemetry .NET: five instruments with five tags, aggregated in memory by its SDK.</summary>
internal sealed class OpenTelemetryPeer : IDisposable
{
    private const string Name = "SyncHealth.Benchmarks.Peer";

    private readonly Meter _meter = new(Name);
    private readonly MeterProvider _provider;
    private readonly Counter<long> _attempts;
    private readonly Histogram<double> _duration;
    private readonly Histogram<long> _queueDepth;
    private readonly Counter<long> _pushed;
    private readonly Counter<long> _pulled;

    public OpenTelemetryPeer()
    {
        _attempts = _meter.CreateCounter<long>("sync.attempts");
        _duration = _meter.CreateHistogram<double>("sync.duration");
        _queueDepth = _meter.CreateHistogram<long>("sync.queue_depth");
        _pushed = _meter.CreateCounter<long>("sync.pushed");
        _pulled = _meter.CreateCounter<long>("sync.pulled");
        // Its own reader with an exporter that keeps nothing: what is measured is recording.
        _provider = global::OpenTelemetry.Sdk.CreateMeterProviderBuilder().AddMeter(Name).AddReader(new BaseExportingMetricReader(new Nowhere())).Build();
    }

    public void Record(double seconds, int queued, int pushed, int pulled)
    {
        var tags = new TagList
        {
            { "sync.type", "delta" },
            { "sync.outcome", "success" },
            { "network.connection.type", "wifi" },
            { "app.version", "2.4.1" },
            { "os.name", "android" },
        };
        _attempts.Add(1, tags);
        _duration.Record(seconds, tags);
        _queueDepth.Record(queued, tags);
        _pushed.Add(pushed, tags);
        _pulled.Add(pulled, tags);
    }

    public void Dispose()
    {
        _provider.Dispose();
        _meter.Dispose();
    }

    private sealed class Nowhere : BaseExporter<Metric>
    {
        public override ExportResult Export(in Batch<Metric> batch) => ExportResult.Success;
    }
}
