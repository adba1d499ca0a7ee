using Microsoft.Extensions.Logging.Abstractions;
using SyncHealth.Benchmarks.Ingest;
using SyncHealth.Storage;
using SyncHealth.Storage.Retention;

namespace SyncHealth.Benchmarks.Storage;

/// <summary>
/// The load that was measured until November 2026, kept for comparison: through the ingest process, each slice spread over a whole day, so that every fold
/// rewrites every row and a day of rollups is divided by few events. No fleet does that.
/// </summary>
internal sealed class SpreadLoad(BenchmarkProgram program) : IStorageLoad
{
    private const int Slices = 10;
    private const int UploadsPerSlice = 300;

    public int Events => Slices * UploadsPerSlice * SampleLoad.EventsPerBatch;

    public string Description => $"{Events:N0} events, {SampleLoad.EventsPerBatch} a request and device, each slice of {Events / Slices:N0} spread over one day";

    /// <summary>Slice by slice: the fold runs beside the intake and upserts what earlier slices left.</summary>
    public async Task FillAsync(BenchmarkDatabase database, CancellationToken cancellationToken)
    {
        await using var ingest = await IngestProcess.StartAsync(program, database, cancellationToken);
        using var load = new LoadGenerator(ingest.Address, ingest.Key);
        var lane = new Lane("JSON", Transport.Json);
        for (var slice = 0; slice < Slices; slice++)
            await load.SendAsync(Transport.Json, lane.Uploads(slice, UploadsPerSlice), cancellationToken);
        await database.DrainAsync(cancellationToken);
    }

    public async Task AgeAsync(BenchmarkDatabase database, CancellationToken cancellationToken)
    {
        var options = new StorageOptions { ConnectionString = database.ConnectionString, DeviceKeyFile = "unused" };
        var later = new LoadClock(TimeProvider.System.GetUtcNow() + options.MinuteRetention + TimeSpan.FromHours(2));
        await new MaintenanceLoop(database.DataSource, options, later, NullLogger<MaintenanceLoop>.Instance).MaintainAsync(cancellationToken);
    }
}
