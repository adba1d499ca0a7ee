using SyncHealth.Storage.Alerts;
using Xunit;

namespace SyncHealth.Storage.Tests.Alerts;

public sealed class AlertStoreTests : IAsyncLifetime
{
    private static readonly IReadOnlyDictionary<string, string> NoLabels = new Dictionary<string, string>();

    private AlertStage _stage = null!;

    public async ValueTask InitializeAsync() => _stage = await AlertStage.CreateAsync();

    public ValueTask DisposeAsync() => _stage.DisposeAsync();

    [Fact]
    public async Task Save_New_IsLoadedWithItsStateAndVersion()
    {
        Assert.True(await SaveAsync(AlertStage.Save(opening: true, version: 0, "slack")));

        var alert = Assert.Single(await _stage.Store.LoadAsync(CancellationToken.None));
        Assert.Equal(("rate", "notes", 1L), (alert.Rule, alert.App, alert.Version));
        Assert.Equal("""{"n": 1}""", alert.StateJson);
        Assert.Empty(alert.Segment);
    }

    [Fact]
    public async Task Save_FromAnOldVersion_WritesNothingAtAll()
    {
        await SaveAsync(AlertStage.Save(opening: true, version: 0, "slack"));
        await SaveAsync(AlertStage.Save(opening: false, version: 1, "slack"));

        Assert.False(await SaveAsync(AlertStage.Save(opening: false, version: 1, "slack") with { Sequence = 3 }));
        Assert.False(await SaveAsync(AlertStage.Save(opening: true, version: 0, "slack")));

        Assert.Equal(2, (await _stage.RowsAsync("select to_status from synchealth.alert_transition")).Length);
        Assert.Equal(2, (await _stage.OutboxAsync()).Length);
        Assert.Equal(2, Assert.Single(await _stage.Store.LoadAsync(CancellationToken.None)).Version);
    }

    [Fact]
    public async Task Save_OfARowThatIsGone_WritesNothing() => Assert.False(await SaveAsync(AlertStage.Save(opening: true, version: 7)));

    [Fact]
    public async Task Save_TransitionThatCannotBeWritten_LeavesTheStateAsItWas()
    {
        await SaveAsync(AlertStage.Save(opening: true, version: 0, "slack"));
        var twice = AlertStage.Save(opening: false, version: 1, "slack") with { Sequence = 1, StateJson = """{"n":2}""" };

        await Assert.ThrowsAsync<Npgsql.PostgresException>(() => SaveAsync(twice));

        Assert.Equal("""{"n": 1}""", Assert.Single(await _stage.Store.LoadAsync(CancellationToken.None)).StateJson);
        Assert.Equal(["slack trigger waiting"], await _stage.OutboxAsync());
    }

    [Fact]
    public async Task Save_ManyEvaluatorsAtOnce_OneWins()
    {
        var saved = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => SaveAsync(AlertStage.Save(opening: true, version: 0, "slack")))));

        Assert.Single(saved, won => won);
        Assert.Equal(["slack trigger waiting"], await _stage.OutboxAsync());
    }

    [Fact]
    public async Task Save_WithoutTransition_OnlyMovesTheValue()
    {
        await SaveAsync(AlertStage.Save(opening: true, version: 0, "slack"));
        await SaveAsync(AlertStage.Save(opening: true, version: 1) with { Transition = null, Notices = null, Value = null });

        Assert.Null(Assert.Single(await _stage.Reader.ListActiveAsync("notes", CancellationToken.None)).Value);
        Assert.Single(await _stage.RowsAsync("select to_status from synchealth.alert_transition"));
    }

    [Fact]
    public async Task ReplaceRules_AsAWhole_ForgetsTheOthers()
    {
        await ReplaceAsync(new RuleSave("old", "warning", "{}", ["slack"], NoLabels), new RuleSave("kept", "warning", "{}", ["slack"], NoLabels));
        await ReplaceAsync(new RuleSave("kept", "critical", """{"limit": 95}""", [], NoLabels), new RuleSave("new", "info", "{}", ["slack", "jira"], NoLabels));

        Assert.Equal(
            ["kept critical {}", "new info {slack,jira}"],
            await _stage.RowsAsync("select name || ' ' || severity || ' ' || receivers::text from synchealth.alert_rule order by name"));
        Assert.Equal(["kept"], await _stage.Reader.ListUnreachedRulesAsync(CancellationToken.None));
    }

    private Task<bool> SaveAsync(AlertSave save) => _stage.Store.SaveAsync(save, CancellationToken.None);

    private Task ReplaceAsync(params RuleSave[] rules) => _stage.Store.ReplaceRulesAsync(rules, AlertStage.Noon, CancellationToken.None);
}
