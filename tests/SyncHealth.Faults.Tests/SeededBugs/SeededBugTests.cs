using System.Net;
using SyncHealth.Faults.Tests.Clocks;
using SyncHealth.Faults.Tests.Durability;
using SyncHealth.Faults.Tests.Hostile;
using SyncHealth.Faults.Tests.Identity;
using SyncHealth.Faults.Tests.Load;
using SyncHealth.Faults.Tests.Support;
using SyncHealth.Storage.Writes;
using SyncHealth.Testing;
using SyncHealth.Testing.Faults;
using Xunit;

namespace SyncHealth.Faults.Tests.SeededBugs;

/// <summary>H1: each mistake, put in on purpose, is found by the suite that is there for it. What these checks say of the right product, the suites say.</summary>
public sealed class SeededBugTests : IAsyncLifetime
{
    private const int Cuts = 16;

    /// <summary>A bug that stops everything must not stop the suite for long.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private TestDatabase _database = null!;

    public async ValueTask InitializeAsync()
    {
        _database = await TestDatabase.CreateAsync();
        await IngestStage.CreateKeyAsync(_database.DataSource);
    }

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    [Fact]
    public async Task AckBeforeCommit_A5_Loses() => Assert.NotEqual(0, (await CutAsync(WriterBugs.AckBeforeCommit())).Verdict.Lost);

    [Fact]
    public async Task AckOfAFailedCommit_A5_Loses() => Assert.NotEqual(0, (await CutAsync(WriterBugs.AckOfAFailure())).Verdict.Lost);

    [Fact]
    public async Task NoDedup_A5_Doubles() => Assert.NotEqual(0, (await CutAsync(WriterBugs.NoDedup())).Verdict.Doubled);

    [Fact]
    public async Task DedupOutsideTheTransaction_A5_Loses() => Assert.NotEqual(0, (await CutAsync(WriterBugs.DedupOutsideTheTransaction())).Verdict.Lost);

    [Fact]
    public async Task RetryUnderAnotherIdentity_A5_Doubles() => Assert.NotEqual(0, (await CutAsync(WriterBugs.RetryUnderAnotherIdentity())).Verdict.Doubled);

    [Fact]
    public async Task LastEventDropped_A5_Loses() => Assert.NotEqual(0, (await CutAsync(WriterBugs.DropsTheLastEvent())).Verdict.Lost);

    [Fact]
    public async Task EventNobodySent_A5_IsUnissued() => Assert.NotEqual(0, (await CutAsync(WriterBugs.AddsAnEvent())).Verdict.Unissued);

    [Fact]
    public async Task DurationsRounded_A5_Alters() => Assert.NotEqual(0, (await CutAsync(WriterBugs.RoundsDurations())).Verdict.Altered);

    [Fact]
    public async Task AttemptsAsHeartbeats_A5_Alters() => Assert.NotEqual(0, (await CutAsync(WriterBugs.AttemptsAsHeartbeats())).Verdict.Altered);

    [Fact]
    public async Task ServerErrorWhenTheDatabaseIsAway_A5_SeesTheStatus() =>
        Assert.Contains(nameof(HttpStatusCode.InternalServerError), (await CutAsync(WriterBugs.ThrowsOn(WriteStatus.Unavailable))).Answers);

    [Fact]
    public async Task RefusalWithoutRetryAfter_A5_CountsThem() => Assert.NotEqual(0, (await CutAsync(RequestBugs.RefusalWithoutRetryAfter())).RefusedWithoutRetryAfter);

    [Fact]
    public async Task LoopDiesAfterAFailure_A5_NeverDrains() => await Assert.ThrowsAsync<TimeoutException>(() => CutAsync(WriterBugs.LoopDiesAfterAFailure()));

    [Fact]
    public async Task DedupPerProcess_B6_CountsTooMany() => await AssertInexactAsync(WriterBugs.DedupPerProcess());

    [Fact]
    public async Task ConflictsNotCounted_B6_Differs() => await AssertInexactAsync(WriterBugs.ConflictsNotCounted().Spoil);

    [Fact]
    public async Task DuplicatesAsAccepted_B6_Differs() => await AssertInexactAsync(WriterBugs.DuplicatesAsAccepted().Spoil);

    [Fact]
    public async Task IdentityWithoutDevice_B6_Differs() => await AssertInexactAsync(WriterBugs.IdentityWithoutDevice().Spoil);

    [Fact]
    public async Task PoisonAbortsTheBatch_B7_SaysWhichPoison() =>
        await Assert.ThrowsAsync<InvalidOperationException>(() => PoisonRun.RunAsync(_database, WriterBugs.PoisonAbortsTheBatch().Spoil));

    [Fact]
    public async Task ServerErrorOnOverload_B4_SeesTheStatus() =>
        Assert.Contains(HttpStatusCode.InternalServerError, (await Burst.SendAsync(_database, WriterBugs.ThrowsOn(WriteStatus.Overloaded))).Answers.Keys);

    [Fact]
    public async Task CapBeforeDecompression_C2_CostsTheWholeBomb() =>
        Assert.NotInRange(await BombCost.MeasureAsync(_database, RequestBugs.CapBeforeDecompression()), 0, BombCost.MaxBytes);

    [Fact]
    public async Task DriftByProcessingTime_C6_MovesTheEvent() => Assert.NotEqual(TimeSpan.Zero, await SlowUpload.ShiftAsync(_database, RequestBugs.DriftByProcessingTime()));

    [Fact]
    public async Task KeyNotChecked_F1_IsTaken() => Assert.NotEqual(HttpStatusCode.Unauthorized, await StrangersKey.StatusAsync(_database, new KeyNotChecked()));

    private Task<CommitCutRun> CutAsync(SeededBug bug) => CommitCutRun.RunAsync(_database, Cuts, new StageSettings { Bug = bug, RunLoops = false }, Patience);

    private async Task AssertInexactAsync(Func<BatchWriter, IEventWriter> spoil)
    {
        var now = TimeProvider.System.GetUtcNow();
        var run = new ExactlyOnceRun(_database, new Sendings(5_000, FaultScale.Seed, now), now);
        var found = await Record.ExceptionAsync(async () =>
        {
            var (expected, actual) = await run.RunAsync(spoil);
            Assert.Equal(expected, actual);
        });
        Assert.True(found is InvalidOperationException or Xunit.Sdk.EqualException, $"Not found: {found}");
    }
}
