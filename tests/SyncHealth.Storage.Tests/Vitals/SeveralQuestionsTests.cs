using System.Text.Json;
using SyncHealth.Contracts;
using SyncHealth.Storage.Vitals;
using Xunit;

namespace SyncHealth.Storage.Tests.Vitals;

/// <summary>A page asks a dozen questions in one go: each is answered as if it had been asked alone.</summary>
public sealed class SeveralQuestionsTests : IAsyncLifetime
{
    private VitalsStage _stage = null!;

    private DateTimeOffset Now => _stage.Now;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _stage = await VitalsStage.CreateAsync();

    public ValueTask DisposeAsync() => _stage.DisposeAsync();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task ReadAll_QuestionsOfEveryKind_AreAnsweredAsOneByOne(bool isOfThePast)
    {
        await CommitAsync();
        await _stage.FoldAsync();
        await _stage.SnapshotAsync();
        await CommitAsync();
        DateTimeOffset? asOf = isOfThePast ? Now.AddMinutes(-3) : null;
        VitalsQuery[] questions =
        [
            _stage.Ask(TimeSpan.FromHours(2)) with { AsOf = asOf },
            _stage.Ask(TimeSpan.FromDays(2), TimeSpan.FromHours(1), "app_version") with { AsOf = asOf },
            _stage.Ask(TimeSpan.FromHours(1), TimeSpan.FromMinutes(5), "os,network", new DimensionFilter("app_version", "2.4.1")) with { AsOf = asOf },
            _stage.Ask(TimeSpan.FromHours(6), null, "os_version") with { AsOf = asOf, Parts = VitalsParts.None },
            _stage.Ask(TimeSpan.FromHours(6)) with { AsOf = asOf, Clock = VitalsClock.Arrival, Parts = VitalsParts.Completeness },
        ];
        var alone = new List<VitalsAnswer>();
        foreach (var question in questions)
            alone.Add(await _stage.ReadAsync(question));

        var together = await _stage.Reader.ReadAllAsync(questions, Token);

        Assert.Equal(Texts(alone), Texts(together!));
    }

    [Fact]
    public async Task ReadAll_NoQuestionOrUnknownApp_IsNoAnswer()
    {
        Assert.Empty((await _stage.Reader.ReadAllAsync([], Token))!);
        Assert.Null(await _stage.Reader.ReadAllAsync([_stage.Ask(TimeSpan.FromHours(1)) with { App = "unknown" }], Token));
    }

    [Fact]
    public async Task ReadAll_TwoAppsOrMoments_AreRefused()
    {
        var question = _stage.Ask(TimeSpan.FromHours(1));

        await Assert.ThrowsAsync<ArgumentException>(() => _stage.Reader.ReadAllAsync([question, question with { App = "mail" }], Token));
        await Assert.ThrowsAsync<ArgumentException>(() => _stage.Reader.ReadAllAsync([question, question with { AsOf = Now.AddHours(-1) }], Token));
        await Assert.ThrowsAsync<VitalsQueryException>(() => _stage.Reader.ReadAllAsync([question, question with { By = ["colour"] }], Token));
    }

    private static IEnumerable<string> Texts(IEnumerable<VitalsAnswer> answers) => answers.Select(answer => JsonSerializer.Serialize(answer));

    private Task CommitAsync() => _stage.CommitAsync(Enumerable.Range(1, 40).Select(n => new Attempt(Now.AddMinutes(-n * n))
    {
        Received = Now.AddMinutes(-n),
        Device = n % 9,
        Version = n % 3 == 0 ? "2.4.0" : "2.4.1",
        Os = n % 2 == 0 ? "ios" : "android",
        OsVersion = n % 4 == 0 ? "13" : "14",
        Network = n % 5 == 0 ? "cellular" : "wifi",
        Outcome = n % 7 == 0 ? SyncOutcome.Failure : SyncOutcome.Success,
        DurationMs = 100 * n,
        Queue = n % 6,
    }));
}
