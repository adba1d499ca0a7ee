using System.Diagnostics.Metrics;

namespace SyncHealth.Ingest.Health;

/// <summary>Database connections of this process, as the driver itself counts them.</summary>
internal readonly record struct PoolReading(long Used, long Idle)
{
    private const string Driver = "Npgsql";
    private const string Instrument = "db.client.connection.count";
    private const string StateTag = "db.client.connection.state";

    /// <summary>Asks the driver now. Several pools are added up.</summary>
    public static PoolReading Take()
    {
        var (used, idle) = (0L, 0L);
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, listener) =>
            {
                if (instrument.Meter.Name == Driver && instrument.Name == Instrument)
                    listener.EnableMeasurementEvents(instrument);
            },
        };
        listener.SetMeasurementEventCallback<int>((_, count, tags, _) =>
        {
            foreach (var tag in tags)
                if (tag.Key == StateTag)
                    _ = tag.Value is "used" ? used += count : idle += count;
        });
        listener.Start();
        listener.RecordObservableInstruments();
        return new PoolReading(used, idle);
    }
}
