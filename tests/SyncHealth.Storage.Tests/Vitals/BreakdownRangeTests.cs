using SyncHealth.Contracts;
using SyncHealth.Storage.Vitals;
using SyncHealth.Storage.Writes;
using Xunit;

namespace SyncHealth.Storage.Tests.Vitals;

/// <summary>Where errors and conflicts were counted from raw events that are gone, the answer's bounds say so.</summary>
public sealed class BreakdownRangeTests : IAsyncLifetime
{
    /// <summary>The first whole day (UTC) of the thirty that raw events are kept.</summary>
    private static readonly DateTimeOffset FirstRawDay = new(2026, 2, 3, 0, 0, 0, TimeSpan.Zero);

    private VitalsStage _stage = null!;

    public async ValueTask InitializeAsync() => _stage = await VitalsStage.CreateAsync();

    public ValueTask DisposeAsync() => _stage.DisposeAsync();

    [Theory]
    [InlineData("app_version", VitalsClock.Event, true)]
    [InlineData("os_version", VitalsClock.Event, false)]
    [InlineData("trigger", VitalsClock.Event, false)]
    [InlineData("app_version", VitalsClock.Arrival, false)]
    public async Task ErrorsAndConflicts_OlderThanRawEvents_AreLeftOutAndTheBoundsSaySo(string by, VitalsClock clock, bool isStored)
    {
        await _stage.CommitAsync(
            Failed(_stage.Now.AddDays(-40)), Failed(_stage.Now.AddDays(-1)),
            Conflicted(_stage.Now.AddDays(-40)), Conflicted(_stage.Now.AddDays(-1)));
        await _stage.FoldAsync();
        await _stage.MaintainAsync();
        var question = _stage.Ask(TimeSpan.FromDays(50), null, by) with { Clock = clock };
        var reader = new BreakdownReader(_stage.DataSource);

        var errors = (await reader.ReadErrorsAsync(question, TestContext.Current.CancellationToken))!;
        var conflicts = (await reader.ReadConflictsAsync(question, TestContext.Current.CancellationToken))!;

        Assert.Equal(isStored ? 2 : 1, Assert.Single(errors.Errors).Attempts);
        Assert.Equal(isStored ? 6 : 3, Assert.Single(conflicts.Conflicts).Conflicts);
        Assert.Equal([!isStored, !isStored], [errors.From == FirstRawDay, conflicts.From == FirstRawDay]);
        Assert.Equal([isStored, isStored], [errors.From <= question.From, conflicts.From <= question.From]);
    }

    private static Attempt Failed(DateTimeOffset at) => new(at) { Outcome = SyncOutcome.Failure, Error = SyncErrorKind.Server, Code = "http_503" };

    private static Attempt Conflicted(DateTimeOffset at) => new(at)
    {
        Conflicts = 3,
        ConflictEntries = [new ConflictEntry("note", ConflictKind.UpdateUpdate, ConflictStrategy.Lww, ConflictWinner.Remote, 0, 3)],
    };
}
