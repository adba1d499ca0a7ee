using SyncHealth.Faults.Tests.Support;
using SyncHealth.Testing;
using SyncHealth.Testing.Faults;
using Xunit;

namespace SyncHealth.Faults.Tests.ClientSdk;

/// <summary>The loss ledger from end to end: issued = counted + still queued + dropped and told; and H1, that it would say so if it were not.</summary>
public sealed class LossLedgerTests : IAsyncLifetime
{
    /// <summary>Lives that are enough for a planted bug: two sendings, and losses before each.</summary>
    private const int FewLives = 6;

    private TestDatabase _database = null!;
    private IngestStage _stage = null!;

    public async ValueTask InitializeAsync()
    {
        _database = await TestDatabase.CreateAsync();
        await IngestStage.CreateKeyAsync(_database.DataSource);
        _stage = await IngestStage.StartAsync(_database.ConnectionString);
    }

    public async ValueTask DisposeAsync()
    {
        await _stage.DisposeAsync();
        await _database.DisposeAsync();
    }

    [Fact]
    public async Task Ledger_AfterLossFaultsAndRestarts_AddsUpAtTheServer()
    {
        var goal = new Goal("A4");
        var lives = FaultScale.Of(test: 12, faults: 120, deep: 1_200);
        await using var device = new SdkDevice(FaultScale.Seed, _stage.Port);

        var ledger = await new LossLedgerRun(_database, device).RunAsync(lives);

        Assert.Equal((lives * LossLedgerRun.EventsPerLife) + 1, ledger.Issued);
        Assert.True(ledger.Dropped > 0, "nothing was lost: the test has lost its teeth");
        Assert.True(device.Faults.Total > 0, "no fault struck");
        Assert.True(ledger.AddsUp, $"{ledger}");
        goal.Reached($"{ledger.Issued} issued = {ledger.Counted} counted + {ledger.Queued} queued + {ledger.Told} dropped and told, over {lives} lives of an app; {ledger.Counted - ledger.Sent} given up had arrived ({device.Faults})");
    }

    [Fact]
    public async Task Ledger_AnswersLostUntilTheirBatchesAreTrimmed_CountsWhatArrivedAndCallsItNotLost()
    {
        var answers = new LosableAnswers();
        await using var device = new SdkDevice(FaultScale.Seed, _stage.Port, answers.SendAsync);
        device.Heal();

        var ledger = await new LossLedgerRun(_database, device, healed: () => answers.Arrive = true).RunAsync(FewLives);

        Assert.True(ledger.Counted > ledger.Sent, "nothing that was given up had arrived: the test has lost its teeth");
        Assert.True(ledger.AddsUp, $"{ledger}");
    }

    [Fact]
    public async Task Ledger_WithoutABug_AddsUp()
    {
        await using var device = new SdkDevice(FaultScale.Seed, _stage.Port, (request, send) => send(request));
        device.Heal();

        var ledger = await new LossLedgerRun(_database, device).RunAsync(FewLives);

        Assert.True(ledger.AddsUp, $"{ledger}");
    }

    public static TheoryData<string> Bugs => [.. SdkBugs.All.Keys];

    [Theory]
    [MemberData(nameof(Bugs))]
    public async Task Ledger_WithABugInTheSdk_DoesNotAddUp(string bug)
    {
        await using var device = new SdkDevice(FaultScale.Seed, _stage.Port, SdkBugs.All[bug]);
        device.Heal();

        var ledger = await new LossLedgerRun(_database, device).RunAsync(FewLives);

        Assert.False(ledger.AddsUp, $"not found: {bug}, {ledger}");
    }
}
