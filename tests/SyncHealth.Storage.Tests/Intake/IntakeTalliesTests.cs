using Dapper;
using Microsoft.Extensions.Logging.Abstractions;
using SyncHealth.Storage.Intake;
using SyncHealth.Storage.Tests.Vitals;
using Xunit;

namespace SyncHealth.Storage.Tests.Intake;

public sealed class IntakeTalliesTests : IAsyncLifetime
{
    private VitalsStage _stage = null!;
    private IntakeReader _reader = null!;

    /// <summary>14:37:20; its five minutes begin at 14:35.</summary>
    private DateTimeOffset Now => _stage.Now;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _stage = await VitalsStage.CreateAsync();
        _reader = new IntakeReader(_stage.DataSource);
        await _stage.CommitAsync(new Attempt(Now.AddHours(-1)), new Attempt(Now.AddHours(-1)) { App = "mail" });
    }

    public ValueTask DisposeAsync() => _stage.DisposeAsync();

    [Fact]
    public async Task Save_TwoProcesses_AddUpByAppAndReason()
    {
        var (one, two) = (Tallies(), Tallies());
        one.Note("notes", Now, TallyReasons.Accepted, 90);
        one.Note("notes", Now, TallyReasons.Duplicate, 4);
        one.Note("notes", Now, TallyReasons.IdConflict, 1);
        one.Note("notes", Now, "invalid_type", 2);
        one.Note("mail", Now, TallyReasons.Accepted, 7);
        two.Note("notes", Now, TallyReasons.Accepted, 10);
        two.Note("notes", Now, "invalid_type", 1);
        two.Note("notes", Now, "app_mismatch", 5);
        await Task.WhenAll(one.SaveAsync(Token), two.SaveAsync(Token));

        var tally = await ReadAsync("notes");
        Assert.Equal((100, 4, 1), (tally.Accepted, tally.Duplicates, tally.IdConflicts));
        Assert.Equal([new("app_mismatch", 5), new("invalid_type", 3)], tally.Rejected);
        Assert.Equal(7, (await ReadAsync("mail")).Accepted);
    }

    [Fact]
    public async Task Save_Again_AddsWhatIsNewAndNothingTwice()
    {
        var tallies = Tallies();
        tallies.Note("notes", Now, TallyReasons.Accepted, 3);
        await tallies.SaveAsync(Token);
        await tallies.SaveAsync(Token);
        tallies.Note("notes", Now.AddSeconds(20), TallyReasons.Accepted, 4);
        await tallies.SaveAsync(Token);

        Assert.Equal(7, (await ReadAsync("notes")).Accepted);
        Assert.Equal(1, await RowsAsync());
    }

    [Fact]
    public async Task Save_ThatFails_KeepsTheCountsForTheNext()
    {
        var tallies = Tallies();
        tallies.Note("notes", Now, TallyReasons.Accepted, 3);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => tallies.SaveAsync(new CancellationToken(canceled: true)));
        tallies.Note("notes", Now, TallyReasons.Accepted, 1);
        await tallies.SaveAsync(Token);

        Assert.Equal(4, (await ReadAsync("notes")).Accepted);
    }

    [Fact]
    public async Task Run_WhenItEnds_SavesWhatIsLeft()
    {
        var tallies = Tallies();
        using var stop = new CancellationTokenSource();
        var running = tallies.RunAsync(stop.Token);
        tallies.Note("notes", Now, TallyReasons.Accepted, 3);
        await stop.CancelAsync();
        await running;

        Assert.Equal(3, (await ReadAsync("notes")).Accepted);
    }

    [Fact]
    public async Task Read_CountsFromTheStartOfTheFiveMinutesOn()
    {
        var tallies = Tallies();
        var begin = new DateTimeOffset(2026, 3, 4, 13, 35, 0, TimeSpan.Zero);
        tallies.Note("notes", begin.AddTicks(-1), TallyReasons.Accepted, 1);
        tallies.Note("notes", begin, TallyReasons.Accepted, 10);
        tallies.Note("notes", Now, TallyReasons.Accepted, 100);
        await tallies.SaveAsync(Token);

        var tally = await ReadAsync("notes");
        Assert.Equal((begin, 110), (tally.From, tally.Accepted));
    }

    [Fact]
    public async Task Read_RejectedOfNoKnownApp_StandsApartForEveryApp()
    {
        var tallies = Tallies();
        tallies.Note("", Now, "app_required", 2);
        tallies.Note("nobody's", Now, "invalid_type", 3);
        await tallies.SaveAsync(Token);

        var tally = await ReadAsync("notes");
        Assert.False(tally.IsEmpty);
        Assert.Empty(tally.Rejected);
        Assert.Equal([new("invalid_type", 3), new("app_required", 2)], tally.Strays);
    }

    [Fact]
    public async Task Read_NothingCounted_IsEmpty() => Assert.True((await ReadAsync("notes")).IsEmpty);

    /// <summary>Whoever may name any app must not fill the process with names.</summary>
    [Fact]
    public async Task Note_NamesWithoutEnd_AreCountedAndNotKept()
    {
        var tallies = Tallies();
        for (var i = 0; i < 10_500; i++)
            tallies.Note($"name-{i}", Now, "invalid_type", 1);
        await tallies.SaveAsync(Token);

        Assert.Equal([new("invalid_type", 10_500)], (await ReadAsync("notes")).Strays);
    }

    [Fact]
    public async Task Maintenance_AfterTheRetention_LetsGoOfThem()
    {
        var tallies = Tallies();
        tallies.Note("notes", Now.AddDays(-31), TallyReasons.Accepted, 1);
        tallies.Note("notes", Now.AddDays(-29), TallyReasons.Accepted, 1);
        await tallies.SaveAsync(Token);
        await _stage.MaintainAsync();

        Assert.Equal(1, await RowsAsync());
    }

    private IntakeTallies Tallies() => new(_stage.DataSource, NullLogger<IntakeTallies>.Instance);

    private Task<IntakeTally> ReadAsync(string app) => _reader.ReadTallyAsync(app, Now.AddHours(-1), Now.AddTicks(TimeSpan.TicksPerMicrosecond), Token);

    private async Task<long> RowsAsync()
    {
        await using var connection = await _stage.DataSource.OpenConnectionAsync(Token);
        return await connection.ExecuteScalarAsync<long>("select count(*) from synchealth.intake_tally");
    }
}
