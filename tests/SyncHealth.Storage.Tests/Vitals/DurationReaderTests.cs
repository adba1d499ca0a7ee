using SyncHealth.Contracts;
using SyncHealth.Storage.Vitals;
using Xunit;

namespace SyncHealth.Storage.Tests.Vitals;

public sealed class DurationReaderTests : IAsyncLifetime
{
    private VitalsStage _stage = null!;

    private DateTimeOffset Now => _stage.Now;

    public async ValueTask InitializeAsync() => _stage = await VitalsStage.CreateAsync();

    public ValueTask DisposeAsync() => _stage.DisposeAsync();

    [Fact]
    public async Task ReadDurations_TwoHours_KeepsSuccessesAndOthersOfEachApart()
    {
        await _stage.CommitAsync(
            new Attempt(Now.AddHours(-2)) { DurationMs = 400 },
            new Attempt(Now.AddHours(-2)) { DurationMs = 410 },
            new Attempt(Now.AddHours(-2)) { DurationMs = 8_000, Outcome = SyncOutcome.Failure },
            new Attempt(Now.AddMinutes(-1)) { DurationMs = 64_000, Outcome = SyncOutcome.Cancelled });

        var answer = await ReadAsync(_stage.Ask(TimeSpan.FromHours(3), TimeSpan.FromHours(1)));

        Assert.Equal(2, answer.Slices.Count);
        Assert.Equal([new DistributionBucket(300, 500, 2)], answer.Slices[0].Successes);
        Assert.Equal([new DistributionBucket(7_000, 10_000, 1)], answer.Slices[0].Others);
        Assert.Empty(answer.Slices[1].Successes);
        Assert.Equal([new DistributionBucket(60_000, 90_000, 1)], answer.Slices[1].Others);
        Assert.True(answer.Slices[0].At < answer.Slices[1].At);
    }

    [Fact]
    public async Task ReadDurations_AllSlicesTogether_AreTheDistributionOfTheRange()
    {
        await _stage.CommitAsync(Enumerable.Range(0, 200).Select(i => new Attempt(Now.AddMinutes(-i)) { DurationMs = 50 + (i * i), Network = i % 2 == 0 ? "wifi" : "cellular" }));
        var question = _stage.Ask(TimeSpan.FromHours(4), TimeSpan.FromMinutes(15), filters: new DimensionFilter("network", "wifi"));

        var answer = await ReadAsync(question);
        var whole = await _stage.Reader.ReadDistributionAsync(DistributionMetric.Duration, question, TestContext.Current.CancellationToken);

        var added = answer.Slices.SelectMany(slice => slice.Successes.Concat(slice.Others))
            .GroupBy(bucket => bucket.From).OrderBy(group => group.Key).Select(group => (group.Key, group.Sum(bucket => bucket.Count)));
        Assert.Equal(whole!.Groups[0].Buckets.Select(bucket => (bucket.From, bucket.Count)), added);
    }

    [Fact]
    public async Task ReadDurations_UnknownApp_IsNull() =>
        Assert.Null(await new DurationReader(_stage.DataSource).ReadDurationsAsync(_stage.Ask(TimeSpan.FromHours(1)), TestContext.Current.CancellationToken));

    private async Task<DurationAnswer> ReadAsync(VitalsQuery query)
    {
        var answer = await new DurationReader(_stage.DataSource).ReadDurationsAsync(query, TestContext.Current.CancellationToken);
        Assert.NotNull(answer);
        return answer;
    }
}
