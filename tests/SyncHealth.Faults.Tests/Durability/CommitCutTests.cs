using SyncHealth.Faults.Tests.Support;
using SyncHealth.Testing;
using SyncHealth.Testing.Faults;
using SyncHealth.Testing.Oracle;
using Xunit;

namespace SyncHealth.Faults.Tests.Durability;

/// <summary>A5: the connection to Postgres ends just before, just after and just while COMMIT is answered.</summary>
public sealed class CommitCutTests : IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private TestDatabase _database = null!;

    public async ValueTask InitializeAsync()
    {
        _database = await TestDatabase.CreateAsync();
        await IngestStage.CreateKeyAsync(_database.DataSource);
    }

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    [Fact]
    public async Task Cut_AroundCommit_NothingIsLostOrDoubled()
    {
        var goal = new Goal("A5");
        var run = await CommitCutRun.RunAsync(_database, FaultScale.Of(test: 24, faults: 100, deep: 2_000), new StageSettings(), Patience);

        run.Faults.Require(FaultScale.Of(test: 6, faults: 20, deep: 400), FaultKind.CutBeforeCommit, FaultKind.CutAfterCommit, FaultKind.CutBeforeReply, FaultKind.CutInReply);
        Assert.Equal(OracleVerdict.Sound, run.Verdict);
        Assert.Equal(["OK", "ServiceUnavailable"], run.Answers.Order());
        Assert.Equal(0, run.RefusedWithoutRetryAfter);
        goal.Reached($"{run.Faults.Total} cuts around COMMIT ({run.Faults}), {run.Issued} events, none lost, doubled or miscounted");
    }
}
