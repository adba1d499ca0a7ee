using SyncHealth.Contracts;
using SyncHealth.Storage.Vitals;
using Xunit;

namespace SyncHealth.Storage.Tests.Vitals;

public sealed class VitalsReaderTests : IAsyncLifetime
{
    private VitalsStage _stage = null!;

    private DateTimeOffset Now => _stage.Now;

    public async ValueTask InitializeAsync() => _stage = await VitalsStage.CreateAsync();

    public ValueTask DisposeAsync() => _stage.DisposeAsync();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Read_WholeRange_CountsTheMinuteBoundsExactly(bool folded)
    {
        var from = Now.AddHours(-20);
        var flooredFrom = from.AddSeconds(-20);
        await _stage.CommitAsync(
            new Attempt(flooredFrom.AddMilliseconds(-1)),
            new Attempt(flooredFrom) { Device = 2 },
            new Attempt(Now.AddHours(-9)) { Device = 3, Outcome = SyncOutcome.Failure, Error = SyncErrorKind.Offline },
            new Attempt(Now.AddMinutes(-1)) { Device = 3, Outcome = SyncOutcome.Partial });
        if (folded)
            await _stage.FoldAsync();

        var answer = await _stage.ReadAsync(_stage.Ask(TimeSpan.FromHours(20)));

        Assert.Equal(flooredFrom, answer.From);
        Assert.Equal(Now.AddSeconds(40), answer.To);
        var point = Assert.Single(Assert.Single(answer.Groups).Points);
        Assert.Equal((3, 2, 1), (point.Attempts, point.Successes, point.Partial));
        Assert.Equal(2, point.Devices);
        Assert.Equal(new FailureSplit(1, 0, 0), point.Failures);
        Assert.Equal(200.0 / 3, point.SuccessRate!.Value, 12);
    }

    [Fact]
    public async Task Read_UnknownApp_IsNull()
    {
        Assert.Null(await _stage.Reader.ReadAsync(_stage.Ask(TimeSpan.FromHours(1)), TestContext.Current.CancellationToken));
    }
}
