using SyncHealth.Testing.Faults;
using Xunit;

namespace SyncHealth.Alerting.Worker.Tests.Outbox;

/// <summary>
/// Reliability D1: two workers, whose every step may be their last, over a Postgres and receivers that fail. Nothing is missed, nothing with a key is opened twice,
/// and nothing whose outcome is known is sent again.
/// </summary>
public sealed class FaultScheduleTests
{
    /// <summary>Courses beside one another: what one waits for its Postgres, another one works.</summary>
    private static readonly int Courses = FaultScale.Of(test: 1, faults: 4, deep: 8);

    [Fact]
    public async Task ManyIncidents_AreAllToldAndNoneOpensTwice()
    {
        var goal = new Goal("D1");
        var incidents = FaultScale.Of(test: 3, faults: 100, deep: 2000);
        var ended = await Task.WhenAll(Enumerable.Range(0, Courses).Select(number => RunAsync(FaultScale.Seed * 1000 + number, incidents / Courses, () => goal.Step(incidents))));

        var (sent, struck, strikes, interrupted) = (ended.Sum(course => course.Sent), ended.Sum(course => course.Struck), ended.Sum(course => course.Strikes), ended.Sum(course => course.Interrupted));
        Assert.InRange(strikes, Math.Min(incidents, FaultCounters.Least), int.MaxValue);
        Assert.InRange(struck, FaultCounters.Least, int.MaxValue);
        goal.Reached($"{incidents} incidents told, none twice, with {sent} requests of which {struck} were struck by a fault; Postgres {(FaultScale.HoldsFigures ? "was killed" : "dropped all sessions")} {strikes} times, {interrupted} of them in the middle of a round or a delivery");
    }

    private static async Task<FaultCourse> RunAsync(int seed, int incidents, Action passed)
    {
        await using var course = await FaultCourse.StartAsync(seed);
        await course.RunAsync(incidents, passed);
        return course;
    }
}
