using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using SyncHealth.Faults.Tests.Hostile;
using SyncHealth.Faults.Tests.Support;
using SyncHealth.Storage;
using SyncHealth.Storage.Fold;
using SyncHealth.Storage.Vitals;
using SyncHealth.Storage.Writes;
using SyncHealth.Testing;
using SyncHealth.Testing.Faults;
using Xunit;

namespace SyncHealth.Faults.Tests.Sums;

/// <summary>C7: numbers at the ends of what a field may hold, thousands of them, and every sum stays what it is.</summary>
public sealed class OverflowTests : IAsyncLifetime
{
    private const int BatchSize = 1_000;

    private TestDatabase _database = null!;

    public async ValueTask InitializeAsync() => _database = await TestDatabase.CreateAsync();

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    [Fact]
    public async Task Write_ExtremeNumbers_EverySumIsExactBeforeAndAfterTheFold()
    {
        var goal = new Goal("C7");
        var batches = FaultScale.Of(test: 4, faults: 50, deep: 1_000);
        var random = new Random(FaultScale.Seed);
        var edge = new Edge(GoodEvent.Now);
        var rows = new List<EventRow>();
        await using (var writer = new BatchWriter(_database.DataSource, new StorageOptions(), NullLogger<BatchWriter>.Instance))
            for (var batch = 0; batch < batches; batch++)
            {
                var taken = edge.Take(Edge.Json, BatchOf(random, batch));
                rows.AddRange(taken.Batch!.Events);
                Assert.Equal(WriteStatus.Committed, (await writer.WriteAsync(taken.Batch, CancellationToken.None)).Status);
            }

        var expected = TotalsOf(rows);
        Assert.Equal(expected, await ReadAsync());
        await new FoldLoop(_database.DataSource, new StorageOptions(), new ManualTimeProvider(GoodEvent.Now), NullLogger<FoldLoop>.Instance).FoldAsync(CancellationToken.None);
        Assert.Equal(expected, await ReadAsync());
        goal.Reached($"{batches * BatchSize} events with extreme numbers, {rows.Count} taken, every sum exact: {expected}");
    }

    private static byte[] BatchOf(Random random, int batch)
    {
        string[] numbers = ["0", "1", "-1", "2147483647", "2147483648", "9007199254740993", "1e15", "1e300", "9223372036854775807", "1099511627776", "86400000", "86400001", "100000", "100001", "0.5"];
        string Number() => numbers[random.Next(numbers.Length)];
        var json = new StringBuilder("""{"resource":{"app":"notes","deviceId":"d1"},"events":[""");
        for (var i = 0; i < BatchSize; i++)
        {
            json.Append(i > 0 ? "," : "").Append("{\"id\":\"").Append(batch).Append('-').Append(i).Append("\",\"timestamp\":\"2026-11-22T07:59:58Z\",\"type\":\"delta\",\"success\":true,\"durationMs\":").Append(Number());

            // One extreme field at a time: most events must be taken for sums to have anything to overflow with.
            json.Append(",\"").Append(Fields[random.Next(Fields.Length)]).Append("\":").Append(Number());
            json.Append(",\"conflicts\":[{\"strategy\":\"lww\",\"count\":").Append(random.Next(2) == 0 ? "2147483647" : "3").Append(",\"discarded\":2147483647}]}");
        }

        return Encoding.UTF8.GetBytes(json.Append("]}").ToString());
    }

    private static readonly string[] Fields = ["pushed", "pulled", "bytesUp", "bytesDown", "conflictCount", "retries", "queuedItems", "oldestPendingMs", "seq"];

    private static Totals TotalsOf(List<EventRow> rows) => new(
        rows.Count, rows.Sum(row => (long)row.Pushed), rows.Sum(row => (long)row.Pulled), rows.Sum(row => row.BytesUp), rows.Sum(row => row.BytesDown),
        rows.Sum(row => (long)row.ConflictCount), rows.Sum(row => (row.Conflicts ?? []).Sum(conflict => (long)conflict.Discarded)), rows.Count(row => row.DurationMs > 60_000));

    private async Task<Totals> ReadAsync()
    {
        var answer = await new VitalsReader(_database.DataSource).ReadAsync(
            new VitalsQuery { App = Edge.App, From = GoodEvent.Now.AddHours(-1), To = GoodEvent.Now.AddHours(1), Now = GoodEvent.Now, Parts = VitalsParts.None },
            CancellationToken.None);
        var point = Assert.Single(Assert.Single(answer!.Groups).Points);
        return new Totals(point.Attempts, point.Pushed, point.Pulled, point.BytesUp, point.BytesDown, point.Conflicts.Values.Sum(), point.DiscardedEdits, point.Over60s);
    }
}
