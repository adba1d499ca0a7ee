using SyncHealth.Contracts;
using SyncHealth.Storage.Devices;
using SyncHealth.Storage.Tests.Vitals;
using Xunit;

namespace SyncHealth.Storage.Tests.Devices;

/// <summary>Feature N14: a regional outage shows its reconnect peak, its backlog and how long that takes to drain.</summary>
public sealed class DrainReaderTests : IAsyncLifetime
{
    private VitalsStage _stage = null!;

    private DateTimeOffset Now => _stage.Now;

    private DateTimeOffset Back => Now.AddMinutes(-60);

    public async ValueTask InitializeAsync() => _stage = await VitalsStage.CreateAsync();

    public ValueTask DisposeAsync() => _stage.DisposeAsync();

    /// <summary>The example of docs/semantics.md. Thirty devices of another region go on as ever, one of them after a failure without anything to move.</summary>
    [Fact]
    public async Task Read_RegionThatReturns_ShowsPeakBacklogAndTimeToDrain()
    {
        await _stage.CommitAsync(Enumerable.Range(1, 20).SelectMany(device => Enumerable.Range(1, 3).Select(try_ => Failure(device, Back.AddMinutes(-10 * try_)) with { Queue = 12 })));
        // Each return takes 20 s; the first ten are done with it, nine more after four minutes, one is not.
        await _stage.CommitAsync(Enumerable.Range(1, 20).Select(device => Success(device, Back.AddSeconds(20)) with
        {
            Trigger = "reconnect", DurationMs = 20_000, Retries = 2, Pushed = device <= 10 ? 12 : 4, Queue = device <= 10 ? 0 : 8,
        }));
        await _stage.CommitAsync(Enumerable.Range(11, 10).Select(device => Success(device, Back.AddMinutes(4)) with { Pushed = device == 20 ? 3 : 8, Queue = device == 20 ? 5 : 0 }));
        await _stage.CommitAsync(Enumerable.Range(100, 30).SelectMany(device => Enumerable.Range(0, 20).Select(step => Success(device, Back.AddMinutes((3 * step) - 40 + (device % 3))) with { Cohort = "eu" })));
        await _stage.CommitAsync(Failure(130, Back.AddMinutes(-2)) with { Cohort = "eu" }, Success(130, Back) with { Cohort = "eu" });

        var course = await ReadAsync();
        var byRegion = await ReadAsync("tag:cohort");

        var all = Assert.Single(course.Groups);
        Assert.Equal((20L, 20L, 240L, 1L, 5L, (double?)20, (double?)240), (all.Returns, all.Devices, all.Backlog, all.Draining, all.Waiting, all.DrainP50, all.DrainP90));
        Assert.Equal((20L, Floor(Back)), (course.Rush!.Returns, course.Rush.At));
        Assert.Equal(Floor(Back.AddSeconds(20)), course.Peak!.At);
        Assert.True(course.IsStorm, $"{course.Peak.Requests} requests at the peak, {course.Usual} in a usual minute.");
        Assert.Equal("beta", Assert.Single(byRegion.Groups).By["tag:cohort"]);
    }

    [Fact]
    public async Task Read_FleetInOrder_HasNoReturnAndNoStorm()
    {
        await _stage.CommitAsync(Enumerable.Range(0, 60).SelectMany(minute => Enumerable.Range(1, 5).Select(device => Success(device, Now.AddMinutes(minute - 60)) with { Pushed = 2 })));

        var course = await ReadAsync();

        Assert.Empty(course.Groups);
        Assert.Null(course.Rush);
        Assert.False(course.IsStorm);
        Assert.Equal((5L, (long?)5), (course.Peak!.Requests, course.Usual));
    }

    /// <summary>As of four minutes after the return eleven still drained: what came later is not known then.</summary>
    [Fact]
    public async Task Read_AsOfAMoment_KnowsWhoStillDrainedThen()
    {
        await _stage.CommitAsync(Failure(1, Back.AddMinutes(-5)), Success(1, Back) with { Pushed = 3, Queue = 9 });
        await _stage.CommitAsync(Success(1, Back.AddMinutes(8)) with { Pushed = 9 });

        var then = await new DrainReader(_stage.DataSource).ReadAsync(new DetectorQuery { App = "notes", From = Now.AddHours(-6), At = Back.AddMinutes(4) }, TestContext.Current.CancellationToken);

        Assert.Equal((1L, 9L, (double?)null), (then.Groups[0].Draining, then.Groups[0].Waiting, then.Groups[0].DrainP90));
        Assert.Equal(0, Assert.Single((await ReadAsync()).Groups).Draining);
    }

    [Fact]
    public async Task Read_UnknownApp_IsEmpty() => Assert.Equal((0, 0), (await ReadAsync()) is var course ? (course.Groups.Count, course.Minutes.Count) : default);

    private static Attempt Success(long device, DateTimeOffset at) => new(at) { Device = device };

    private static Attempt Failure(long device, DateTimeOffset at) => new(at) { Device = device, Outcome = SyncOutcome.Failure, Error = SyncErrorKind.Server, Code = "http_503" };

    private static DateTimeOffset Floor(DateTimeOffset at) => at.AddTicks(-(at.UtcTicks % TimeSpan.TicksPerMinute));

    private Task<DrainCourse> ReadAsync(params IReadOnlyList<string> by) =>
        new DrainReader(_stage.DataSource).ReadAsync(new DetectorQuery { App = "notes", From = Now.AddHours(-6), At = Now, By = by }, TestContext.Current.CancellationToken);
}
