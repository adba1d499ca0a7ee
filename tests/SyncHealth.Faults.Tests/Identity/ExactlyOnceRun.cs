using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using SyncHealth.Storage;
using SyncHealth.Storage.Fold;
using SyncHealth.Storage.Vitals;
using SyncHealth.Storage.Writes;
using SyncHealth.Testing;

namespace SyncHealth.Faults.Tests.Identity;

/// <summary>Sends everything through several writers at once, and holds receipts and counts against a dictionary.</summary>
internal sealed class ExactlyOnceRun(TestDatabase database, Sendings sendings, DateTimeOffset now)
{
    private const int Writers = 3;
    private const int Senders = 12;

    /// <summary>Every batch must be taken: this suite is about counts, not about load.</summary>
    private static readonly StorageOptions Options = new() { MaxQueueDelay = TimeSpan.FromMinutes(5) };

    /// <summary>What receipts and readers say against what the dictionary says; equal when every count is exact.</summary>
    public async Task<(ExactCounts Expected, ExactCounts Actual)> RunAsync(Func<BatchWriter, IEventWriter> spoil)
    {
        var receipts = await SendAsync(spoil);
        var kept = await KeptAsync();
        var bodies = sendings.Bodies;
        var expected = new ExactCounts(
            sendings.Identities,
            sendings.Count - sendings.Identities,
            bodies.Sum(sent => sent.Count(body => body != kept.GetValueOrDefault(sent.Key))),
            sendings.Identities,
            bodies.Sum(sent => (long)Sendings.PushedOf(sent.Key, kept.GetValueOrDefault(sent.Key))),
            PerDay(identity => 1));
        var (attempts, pushed, days) = await CountedAsync();
        return (expected, new ExactCounts(
            receipts.Sum(receipt => receipt.Accepted), receipts.Sum(receipt => receipt.Duplicates), receipts.Sum(receipt => receipt.IdConflicts), attempts, pushed, days));
    }

    private async Task<IReadOnlyList<WriteReceipt>> SendAsync(Func<BatchWriter, IEventWriter> spoil)
    {
        var writers = Enumerable.Range(0, Writers)
            .Select(_ => new BatchWriter(database.DataSource, Options, NullLogger<BatchWriter>.Instance)).ToArray();
        var edges = writers.Select(spoil).ToArray();
        using var stop = new CancellationTokenSource();
        var fold = new FoldLoop(database.DataSource, Options, TimeProvider.System, NullLogger<FoldLoop>.Instance).RunAsync(stop.Token);
        var receipts = new WriteReceipt[sendings.Batches];
        await Parallel.ForAsync(0, sendings.Batches, new ParallelOptions { MaxDegreeOfParallelism = Senders }, async (position, cancellationToken) =>
            receipts[position] = await edges[position % Writers].WriteAsync(sendings.BatchAt(position), cancellationToken));
        foreach (var writer in writers)
            await writer.DisposeAsync();
        await stop.CancelAsync();
        await fold;
        if (receipts.Any(receipt => receipt.Status != WriteStatus.Committed))
            throw new InvalidOperationException("A batch was not committed.");
        return receipts;
    }

    /// <summary>Which body each identity was kept with: the first that came, whichever that was.</summary>
    private async Task<Dictionary<int, byte>> KeptAsync()
    {
        await using var command = database.DataSource.CreateCommand("select event_hash, body_hash, pushed from synchealth.event");
        await using var reader = await command.ExecuteReaderAsync();
        var kept = new Dictionary<int, byte>();
        while (await reader.ReadAsync())
        {
            var identity = (int)reader.GetInt64(0);
            var body = (byte)reader.GetInt32(1);
            if (!kept.TryAdd(identity, body) || reader.GetInt32(2) != Sendings.PushedOf(identity, body))
                throw new InvalidOperationException($"Identity {identity} is stored twice, or with a part of another body.");
        }

        return kept;
    }

    private async Task<(long Attempts, long Pushed, string Days)> CountedAsync()
    {
        // At the deep scale millions of increments wait to be folded, and each is read: nobody waits for this answer.
        await using var patient = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(database.ConnectionString) { CommandTimeout = 0 });
        var answer = await new VitalsReader(patient).ReadAsync(
            new VitalsQuery { App = Sendings.App, From = now.AddDays(-31), To = now.AddMinutes(5), Now = now, Step = TimeSpan.FromDays(1), Parts = VitalsParts.None },
            CancellationToken.None);
        var points = answer!.Groups.SelectMany(group => group.Points).Where(point => point.Attempts > 0).ToArray();
        return (points.Sum(point => point.Attempts), points.Sum(point => point.Pushed), Describe(points.Select(point => (point.At.UtcDateTime.Date, point.Attempts))));
    }

    private string PerDay(Func<int, long> count) => Describe(
        from identity in Enumerable.Range(0, sendings.Identities)
        group identity by sendings.AtOf(identity).UtcDateTime.Date into day
        orderby day.Key
        select (day.Key, day.Sum(count)));

    private static string Describe(IEnumerable<(DateTime Day, long Count)> days) => string.Join(' ', days.OrderBy(pair => pair.Day).Select(pair => $"{pair.Day:MMdd}:{pair.Count}"));
}
