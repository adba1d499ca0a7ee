using System.Globalization;
using Microsoft.Extensions.Logging.Abstractions;
using SyncHealth.Faults.Tests.Support;
using SyncHealth.Storage;
using SyncHealth.Storage.Writes;
using SyncHealth.Testing;
using SyncHealth.Testing.Faults;

namespace SyncHealth.Faults.Tests.Hostile;

/// <summary>Every poison of the corpus in a batch of good events, through edge and writer.</summary>
internal static class PoisonRun
{
    private const int BatchSize = 100;

    /// <summary>Poisoned batches in flight, so that they share transactions with each other.</summary>
    private const int Senders = 8;

    /// <exception cref="InvalidOperationException">A poison cost another event its place.</exception>
    public static async Task<(int Poisons, long Counted, int Rejected)> RunAsync(TestDatabase database, Func<BatchWriter, IEventWriter> spoil)
    {
        await using var writer = new BatchWriter(database.DataSource, new StorageOptions { MaxQueueDelay = TimeSpan.FromMinutes(5) }, NullLogger<BatchWriter>.Instance);
        var edge = spoil(writer);
        var poisons = (from field in ValueCorpus.Fields from value in ValueCorpus.Values select (field, value)).Index()
            .Where(poison => poison.Index % FaultScale.Of(test: 12, faults: 1, deep: 1) == FaultScale.Seed % FaultScale.Of(test: 12, faults: 1, deep: 1)).ToArray();
        var rejected = 0;
        var expected = 0L;
        await Parallel.ForEachAsync(poisons, new ParallelOptions { MaxDegreeOfParallelism = Senders }, async (poison, cancellationToken) =>
        {
            var place = poison.Index % BatchSize;
            var result = new Edge(GoodEvent.Now).Take(Edge.Json, Batch(poison.Index, place, poison.Item.field, poison.Item.value));
            if (result.Refusal is not null || result.Rejections.Any(rejection => rejection.Index != place))
                throw new InvalidOperationException($"{poison.Item.field}: {poison.Item.value} cost other events their place: {result.Verdict}.");
            var receipt = await edge.WriteAsync(result.Batch!, cancellationToken);
            if (receipt.Status != WriteStatus.Committed || receipt.Accepted != BatchSize - result.Rejections.Count)
                throw new InvalidOperationException($"{poison.Item.field}: {poison.Item.value} leaves {receipt}.");
            Interlocked.Add(ref rejected, result.Rejections.Count);
            Interlocked.Add(ref expected, receipt.Accepted);
        });

        await using var command = database.DataSource.CreateCommand("select count(*) from synchealth.event");
        var counted = (long)(await command.ExecuteScalarAsync())!;
        return counted == expected
            ? (poisons.Length, counted, rejected)
            : throw new InvalidOperationException(string.Create(CultureInfo.InvariantCulture, $"{expected} events were acknowledged and {counted} are there."));
    }

    /// <summary>
    /// A hundred events of a device of their own, so that two spellings of one id (0 and -0) do not meet; the poison keeps its own identity where it is
    /// not the identity that is poisoned.
    /// </summary>
    private static byte[] Batch(int number, int place, string field, string value) => GoodEvent.Batch(
        Enumerable.Range(0, BatchSize).Select(index => GoodEvent.Json(index == place
            ? GoodEvent.With((number * BatchSize) + index, field, value)
            : GoodEvent.Fields((number * BatchSize) + index))), $"d{number}");
}
