using SyncHealth.Contracts;
using SyncHealth.Storage.Vitals;
using Xunit;

namespace SyncHealth.Storage.Tests.Vitals;

/// <summary>Feature N21: what was known at a past moment is what a question asked at that moment was answered, to the event.</summary>
public sealed class AsOfTests : IAsyncLifetime
{
    private VitalsStage _stage = null!;

    private DateTimeOffset Now => _stage.Now;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _stage = await VitalsStage.CreateAsync();

    public ValueTask DisposeAsync() => _stage.DisposeAsync();

    /// <summary>The example of docs/semantics.md: at 14:37 ten syncs of noon are known, all well; at 15:37 forty more of them, all failed.</summary>
    [Fact]
    public async Task Read_AsOfBeforeTheLateOnes_IsWhatWasKnownThen()
    {
        var noon = Now.AddHours(-2);
        await _stage.CommitAsync(Enumerable.Range(1, 10).Select(device => new Attempt(noon) { Device = device }));
        var then = Now;
        _stage.Clock.Advance(TimeSpan.FromHours(1));
        await _stage.CommitAsync(Enumerable.Range(11, 40).Select(device => new Attempt(noon) { Device = device, Received = Now, Outcome = SyncOutcome.Failure, Error = SyncErrorKind.Offline }));
        await _stage.FoldAsync();
        var question = _stage.Ask(TimeSpan.FromHours(4));

        var known = await _stage.ReadOneAsync(question);
        var before = await _stage.ReadOneAsync(question with { AsOf = then, To = then });

        Assert.Equal((50L, 20.0), (known.Attempts, known.SuccessRate!.Value));
        Assert.Equal((10L, 100.0, 10L), (before.Attempts, before.SuccessRate!.Value, before.Devices!.Value));
    }

    /// <summary>Random events that arrive hours late, asked live and again as of then: the same answer, by any dimension and step, folded or not.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Read_AsOfAnyMoment_IsTheAnswerOfThatMoment(int seed)
    {
        var random = new Random(seed);
        var start = Now;
        var attempts = Enumerable.Range(0, 200).Select(index => Some(random, start, index)).OrderBy(attempt => attempt.ReceivedAt).ToArray();
        List<(VitalsQuery Query, string Answer, string Errors)> live = [];
        foreach (var hour in Enumerable.Range(1, 5))
        {
            var until = start.AddHours(hour);
            await _stage.CommitAsync(attempts.Where(attempt => attempt.ReceivedAt > Now && attempt.ReceivedAt <= until));
            _stage.Clock.Advance(until - Now);
            if (hour % 2 == 0)
                await _stage.FoldAsync();
            foreach (var question in Questions())
                live.Add((question, await CountsAsync(question), await ErrorsAsync(question)));
        }

        foreach (var (question, answer, errors) in live)
        {
            var again = question with { AsOf = question.Now, Now = Now };
            Assert.Equal(answer, await CountsAsync(again));
            Assert.Equal(errors, await ErrorsAsync(again));
        }
    }

    /// <summary>The fleet of a past moment is that of the last snapshot before it: what was learned later of the same time does not show.</summary>
    [Fact]
    public async Task Read_QueueAsOf_IsThatOfTheSnapshotOfThen()
    {
        await _stage.CommitAsync(new Attempt(Now.AddMinutes(-5)) { Queue = 7 });
        await _stage.SnapshotAsync();
        var then = Now.AddMinutes(2);
        _stage.Clock.Advance(TimeSpan.FromMinutes(10));
        await _stage.CommitAsync(new Attempt(Now.AddMinutes(-9)) { Queue = 900, Received = Now });
        await _stage.SnapshotAsync();
        var question = _stage.Ask(TimeSpan.FromHours(1));

        Assert.Equal(900, (await _stage.ReadOneAsync(question)).QueueDepth!.Mean);
        Assert.Equal(7, (await _stage.ReadOneAsync(question with { AsOf = then, From = then.AddHours(-1), To = then })).QueueDepth!.Mean);
    }

    /// <summary>A transaction that looks back leaves nothing behind on its pooled connection.</summary>
    [Fact]
    public async Task Read_AfterALookBack_KnowsEverythingAgain()
    {
        await _stage.CommitAsync(new Attempt(Now.AddMinutes(-5)) { OsVersion = "15" });
        var question = _stage.Ask(TimeSpan.FromHours(1), by: "device_model");

        await _stage.ReadAsync(question with { AsOf = Now.AddMinutes(-30), To = Now.AddMinutes(-30) });

        Assert.Equal(1, Assert.Single((await _stage.ReadAsync(question)).Groups).Points[0].Attempts);
    }

    private IEnumerable<VitalsQuery> Questions()
    {
        yield return _stage.Ask(TimeSpan.FromHours(8));
        yield return _stage.Ask(TimeSpan.FromHours(8), TimeSpan.FromHours(1), "app_version");
        yield return _stage.Ask(TimeSpan.FromHours(3), TimeSpan.FromMinutes(5), "type", new DimensionFilter("os", "ios"));
        yield return _stage.Ask(TimeSpan.FromHours(3)) with { Clock = VitalsClock.Arrival };
    }

    private static Attempt Some(Random random, DateTimeOffset start, int index)
    {
        var received = start.AddSeconds(random.Next(1, 5 * 3600));
        var isFailure = random.Next(4) == 0;
        return new Attempt(received.AddSeconds(-random.Next(random.Next(3) == 0 ? 4 * 3600 : 60)))
        {
            Received = received, Id = index, Device = random.Next(1, 30), Version = random.Next(2) == 0 ? "1.0" : "2.0", Os = random.Next(2) == 0 ? "ios" : "android",
            Outcome = isFailure ? SyncOutcome.Failure : SyncOutcome.Success, Error = isFailure ? SyncErrorKind.Server : default, Code = isFailure ? "http_503" : null,
            DurationMs = random.Next(1, 90_000), Conflicts = random.Next(3), Retries = random.Next(2),
        };
    }

    private async Task<string> CountsAsync(VitalsQuery query)
    {
        var answer = await _stage.ReadAsync(query with { Parts = VitalsParts.Devices });
        return string.Join('\n', answer.Groups.SelectMany(group => group.Points.Where(point => point.Attempts > 0).Select(point => FormattableString.Invariant(
            $"{string.Join(',', group.By.Values)} {point.At:O} {point.Attempts} {point.SuccessRate} {point.Devices} {point.DurationMs!.Value.P50} {point.DurationMs!.Value.P99} {point.ConflictRate} {point.FirstTryRate}"))));
    }

    private async Task<string> ErrorsAsync(VitalsQuery query) =>
        string.Join('\n', (await new BreakdownReader(_stage.DataSource).ReadErrorsAsync(query, Token))!.Errors
            .Where(error => error.Attempts > 0).Select(error => $"{string.Join(',', error.By.Values)} {error.At:O} {error.Kind} {error.Code} {error.Attempts}").Order(StringComparer.Ordinal));
}
