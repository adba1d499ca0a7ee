using Npgsql;
using SyncHealth.Faults.Tests.Support;
using SyncHealth.Testing;
using SyncHealth.Testing.Faults;
using SyncHealth.Testing.Oracle;
using Xunit;

namespace SyncHealth.Faults.Tests.Trust;

/// <summary>H4: the judge of all other suites, judged.</summary>
public sealed class OracleJudgeTests : IAsyncLifetime
{
    private readonly Ledger _ledger = new("oracle", TimeProvider.System.GetUtcNow());
    private TestDatabase _database = null!;
    private IngestStage _stage = null!;

    public async ValueTask InitializeAsync()
    {
        _database = await TestDatabase.CreateAsync();
        await IngestStage.CreateKeyAsync(_database.DataSource);
        _stage = await IngestStage.StartAsync(_database.ConnectionString, new StageSettings { RunLoops = false });
        var sender = new OracleSender(_stage.Http, IngestStage.Key, _ledger);
        for (var batch = 0; batch < 5; batch++)
            Assert.True(await sender.SendNewAsync(20, CancellationToken.None));
    }

    public async ValueTask DisposeAsync()
    {
        await _stage.DisposeAsync();
        await _database.DisposeAsync();
    }

    [Fact]
    public async Task Judge_NothingWrong_IsSound() => Assert.Equal(OracleVerdict.Sound, await JudgeAsync());

    [Fact]
    public async Task Judge_EachHandMadeFault_IsFlaggedByItsName()
    {
        var goal = new Goal("H4");

        await ExecuteAsync("delete from synchealth.event where seq = 7");
        Assert.Equal(1, (await JudgeAsync()).Lost);

        await ExecuteAsync("insert into synchealth.event select (jsonb_populate_record(e, jsonb_build_object('event_hash', 1, 'device_at', device_at))).* from synchealth.event e where seq = 8");
        Assert.Equal((1, 1), ((await JudgeAsync()).Lost, (await JudgeAsync()).Doubled));

        await ExecuteAsync("update synchealth.event set duration_ms = duration_ms + 1 where seq = 9");
        await ExecuteAsync("update synchealth.event set device_at = device_at + interval '1 ms' where seq = 10");
        Assert.Equal(2, (await JudgeAsync()).Altered);

        await ExecuteAsync("update synchealth.event set seq = 1000000 where seq = 11");
        var verdict = await JudgeAsync();
        Assert.Equal((2, 1), (verdict.Lost, verdict.Unissued));
        Assert.NotEqual(0, verdict.Miscounted);
        goal.Reached("a lost, a doubled, two altered and an unissued event, each flagged");
    }

    /// <summary>Whether the outcome of an unanswered request is in the database is nobody's fault.</summary>
    [Fact]
    public async Task Judge_IssuedButNeverAcknowledged_IsNotLost()
    {
        _ledger.Issue(10);
        Assert.Equal(OracleVerdict.Sound, await JudgeAsync());
    }

    private Task<OracleVerdict> JudgeAsync() => OracleJudge.JudgeAsync(_ledger, _database.DataSource);

    private async Task ExecuteAsync(string sql)
    {
        await using NpgsqlCommand command = _database.DataSource.CreateCommand(sql);
        Assert.Equal(1, await command.ExecuteNonQueryAsync());
    }
}
