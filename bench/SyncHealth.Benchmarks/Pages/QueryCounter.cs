using System.Diagnostics.Metrics;

namespace SyncHealth.Benchmarks.Pages;

/// <summary>Counts the commands that this process has sent to Postgres, by what the driver itself reports.</summary>
internal sealed class QueryCounter : IDisposable
{
    private const string Driver = "Npgsql";
    private const string Commands = "db.client.operation.duration";

    private readonly MeterListener _listener = new();
    private long _count;

    public QueryCounter()
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Name == Driver && instrument.Name == Commands)
                listener.EnableMeasurementEvents(instrument);
        };
        _listener.SetMeasurementEventCallback<double>((_, _, _, _) => Interlocked.Increment(ref _count));
        _listener.Start();
    }

    public long Count => Interlocked.Read(ref _count);

    public void Dispose() => _listener.Dispose();
}
