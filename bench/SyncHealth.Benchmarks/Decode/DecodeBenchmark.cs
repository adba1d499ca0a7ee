using System.Globalization;
using System.Text.Json;
using SyncHealth.Benchmarks.Ingest;
using SyncHealth.Ingest;
using SyncHealth.Ingest.Events;
using SyncHealth.Ingest.Intake;
using SyncHealth.Ingest.Otlp;
using SyncHealth.Storage.Keys;

namespace SyncHealth.Benchmarks.Decode;

/// <summary>What the edge itself costs: body to rows ready for a commit, on one thread, against a bare walk over the same JSON's tokens.</summary>
internal sealed class DecodeBenchmark(TextWriter output)
{
    private const int Batches = 50;
    private const int Rounds = 40;
    private const double Events = Batches * SampleLoad.EventsPerBatch;

    private readonly DecodedBatch _decoded = new();
    private readonly EventIntake _intake = new(new DeviceKeyHasher(new byte[32]), new IngestOptions());
    private readonly DateTimeOffset _now = TimeProvider.System.GetUtcNow();

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var bodies = new SampleLoad(seed: 3, _now).Batches(Batches).Select(batch => SampleLoad.ToJson(batch, _now)).ToArray();
        var packed = new SampleLoad(seed: 3, _now).Batches(Batches).Select(batch => OtlpLoad.ToProtobuf(batch, _now)).ToArray();
        var take = new List<double>();
        var takeOtlp = new List<double>();
        var walk = new List<double>();
        var allocated = 0L;
        for (var round = 0; round < Rounds; round++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            walk.Add(Microseconds(bodies, Walk));
            var before = GC.GetAllocatedBytesForCurrentThread();
            take.Add(Microseconds(bodies, body => Take(body, JsonBatchDecoder.Decode)));
            allocated = GC.GetAllocatedBytesForCurrentThread() - before;
            takeOtlp.Add(Microseconds(packed, body => Take(body, OtlpProtoDecoder.Decode)));
        }

        // The best round: what else runs on the machine only ever adds.
        await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{Rounds} rounds of {Events:N0} events, {SampleLoad.EventsPerBatch} a body, {bodies.Average(body => body.Length) / SampleLoad.EventsPerBatch:N0} bytes an event; best round"));
        await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"  {"body to rows, µs an event",-36} {take.Min(),10:N2}   {allocated / Events:N0} bytes allocated"));
        await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"  {"bare walk over the tokens, µs an event",-36} {walk.Min(),8:N2}"));
        await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"  {"ratio",-36} {take.Min() / walk.Min(),10:N2}"));
        await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"  {"OTLP protobuf to rows, µs an event",-36} {takeOtlp.Min(),10:N2}   {packed.Average(body => body.Length) / SampleLoad.EventsPerBatch:N0} bytes an event"));
        await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"  {"JSON / OTLP",-36} {take.Min() / takeOtlp.Min(),10:N2}"));
    }

    private static double Microseconds(byte[][] bodies, Func<byte[], int> work)
    {
        var start = TimeProvider.System.GetTimestamp();
        foreach (var body in bodies)
            if (work(body) == 0)
                throw new InvalidOperationException("A body was not read.");
        return TimeProvider.System.GetElapsedTime(start).TotalMicroseconds / Events;
    }

    private int Take(byte[] body, BatchDecoder decode)
    {
        if (decode(body, _decoded) is not null)
            return 0;
        var taken = _intake.Take(_decoded, new IntakeRequest { ReceivedAt = _now, BatchHash = 1, Body = body });
        _decoded.TryReset();
        return taken.Batch.Events.Count;
    }

    private static int Walk(byte[] body)
    {
        var tokens = 0;
        var reader = new Utf8JsonReader(body);
        while (reader.Read())
            tokens++;
        return tokens;
    }
}
