using Dapper;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.Extensions.Logging.Abstractions;
using SyncHealth.Contracts;
using SyncHealth.Storage.Writes;
using SyncHealth.Testing;
using Xunit;

namespace SyncHealth.Storage.Tests.Writes;

/// <summary>The writer against a dictionary: whatever is resent, split, shuffled or sent at once, each identity counts exactly once.</summary>
public sealed class WriterModelTests : IAsyncLifetime
{
    private const int Identities = 24;

    private TestDatabase _database = null!;
    private BatchWriter _writer = null!;
    private int _apps;

    public async ValueTask InitializeAsync()
    {
        _database = await TestDatabase.CreateAsync();
        _writer = new BatchWriter(_database.DataSource, new StorageOptions { GroupDelay = TimeSpan.Zero }, NullLogger<BatchWriter>.Instance);
    }

    public async ValueTask DisposeAsync()
    {
        await _writer.DisposeAsync();
        await _database.DisposeAsync();
    }

    [Fact]
    public void Write_OneAfterAnother_ReceiptsEqualTheModelInBothLanes() =>
        Prop.ForAll(Plans().ToArbitrary(), plan => ReceiptsEqualModelAsync(plan).GetAwaiter().GetResult())
            .Check(Config.QuickThrowOnFailure.WithMaxTest(30).WithQuietOnSuccess(true));

    [Fact]
    public void Write_AllAtOnce_EachIdentityCountsOnce() =>
        Prop.ForAll(Plans().ToArbitrary(), plan => TotalsEqualModelAsync(plan).GetAwaiter().GetResult())
            .Check(Config.QuickThrowOnFailure.WithMaxTest(30).WithQuietOnSuccess(true));

    /// <summary>Batches of (identity, body): few identities, so that repeats are common; sometimes flagged as a resend.</summary>
    private static Gen<(bool Flagged, (int Identity, int Body)[] Items)[]> Plans()
    {
        var item = from identity in Gen.Choose(0, Identities - 1)
                   from body in Gen.Frequency((4, Gen.Constant(0)), (1, Gen.Constant(1)))
                   select (identity, body);
        var batch = from flagged in Gen.Elements(true, false)
                    from size in Gen.Choose(0, 8)
                    from items in Gen.ArrayOf(item, size)
                    select (flagged, items);
        return from count in Gen.Choose(1, 10) from batches in Gen.ArrayOf(batch, count) select batches;
    }

    private async Task<bool> ReceiptsEqualModelAsync((bool Flagged, (int Identity, int Body)[] Items)[] plan)
    {
        var app = NextApp();
        var kept = new Dictionary<int, int>();
        foreach (var (flagged, items) in plan)
        {
            var expected = Expect(kept, items);
            var receipt = await _writer.WriteAsync(Batch(app, flagged, items), CancellationToken.None);
            if (receipt != expected)
                return false;
        }

        return await TruthAsync(app) == Truth(kept);
    }

    private async Task<bool> TotalsEqualModelAsync((bool Flagged, (int Identity, int Body)[] Items)[] plan)
    {
        var app = NextApp();
        var receipts = await Task.WhenAll(plan.Select(step => _writer.WriteAsync(Batch(app, step.Flagged, step.Items), CancellationToken.None).AsTask()));
        var identities = plan.SelectMany(step => step.Items).Select(item => item.Identity).Distinct().ToDictionary(identity => identity, _ => 0);
        return receipts.All(receipt => receipt.Status == WriteStatus.Committed)
            && receipts.Sum(receipt => receipt.Accepted) == identities.Count
            && receipts.Sum(receipt => receipt.Accepted + receipt.Duplicates) == plan.Sum(step => step.Items.Length)
            && await TruthAsync(app) == Truth(identities);
    }

    private static WriteReceipt Expect(Dictionary<int, int> kept, (int Identity, int Body)[] items)
    {
        var receipt = new WriteReceipt(WriteStatus.Committed, 0, 0, 0);
        foreach (var (identity, body) in items)
            receipt = kept.TryAdd(identity, body)
                ? receipt with { Accepted = receipt.Accepted + 1 }
                : receipt with { Duplicates = receipt.Duplicates + 1, IdConflicts = receipt.IdConflicts + (kept[identity] == body ? 0 : 1) };
        return receipt;
    }

    /// <summary>Identities lie on several days and devices, every third is no attempt; the body does not change what is counted.</summary>
    private static EventBatch Batch(string app, bool flagged, (int Identity, int Body)[] items)
    {
        var batch = Some.Batch([.. items.Select(item => Some.Event(device: app.GetHashCode(StringComparison.Ordinal) + item.Identity % 4, id: item.Identity, secondsAgo: item.Identity * 7000) with
        {
            Segment = Some.Segment() with { App = app, Network = item.Identity % 2 == 0 ? "wifi" : "cellular" },
            BodyHash = item.Body,
            Type = item.Identity % 3 == 0 ? SyncType.Open : SyncType.Delta,
            Outcome = item.Identity % 3 == 0 ? SyncOutcome.None : SyncOutcome.Success,
            DurationMs = 1000 + item.Identity,
        })]);
        batch.LikelyResend = flagged;
        return batch;
    }

    private static (long Events, long Attempts, long DurationMs) Truth(Dictionary<int, int> kept)
    {
        var attempts = kept.Keys.Where(identity => identity % 3 != 0).ToList();
        return (kept.Count, attempts.Count, attempts.Sum(identity => 1000L + identity));
    }

    private async Task<(long Events, long Attempts, long DurationMs)> TruthAsync(string app)
    {
        await using var connection = await _database.DataSource.OpenConnectionAsync();
        return await connection.QuerySingleAsync<(long, long, long)>("""
            with cores as (select core_id from synchealth.core_segment join synchealth.app using (app_id) where name = @app)
            select (select count(*) from synchealth.event join synchealth.segment using (segment_id) join cores using (core_id)),
                   coalesce(sum(attempts), 0)::bigint, coalesce(sum(duration_ms_sum), 0)::bigint
            from synchealth.core_increment join cores using (core_id)
            """, new { app });
    }

    private string NextApp() => $"app-{Interlocked.Increment(ref _apps)}";
}
