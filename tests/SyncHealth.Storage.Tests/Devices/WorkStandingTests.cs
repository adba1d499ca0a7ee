using SyncHealth.Storage.Devices;
using Xunit;

namespace SyncHealth.Storage.Tests.Devices;

public sealed class WorkStandingTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 4, 15, 0, 0, TimeSpan.Zero);

    private static readonly WorkFacts Synced = new() { Key = "00000000000000a1", LastSeenAt = Now.AddMinutes(-5), LastSuccessAt = Now.AddMinutes(-5) };

    [Fact]
    public void Of_NothingWaitsAndJustHeardOf_IsOnTheServer()
    {
        var standing = WorkStanding.Of(Synced, Now);

        Assert.Equal((WorkState.OnServer, Now.AddMinutes(-5), 0L), (standing.State, standing.ProvenAt, standing.MissingReports));
        Assert.Equal(new WorkEvidence(WorkState.OnServer, null, Now.AddMinutes(-5)), Assert.Single(standing.Evidence));
    }

    /// <summary>An hour after its last report nobody knows what was written since.</summary>
    [Theory]
    [InlineData(59, WorkState.OnServer)]
    [InlineData(60, WorkState.Unknown)]
    public void Of_NothingWaited_IsUnknownFromAnHourOn(int minutes, WorkState state)
    {
        var standing = WorkStanding.Of(Synced with { LastSeenAt = Now.AddMinutes(-minutes) }, Now);
        Assert.Equal((state, Now.AddMinutes(-minutes)), (standing.State, standing.ProvenAt));
    }

    /// <summary>An empty queue on a device that never reached the server proves nothing.</summary>
    [Fact]
    public void Of_NeverSynced_IsUnknownSinceNobodyKnowsWhen()
    {
        var standing = WorkStanding.Of(Synced with { LastSuccessAt = null }, Now);
        Assert.Equal(new WorkEvidence(WorkState.Unknown, null, Now.AddMinutes(-5), Since: null), Assert.Single(standing.Evidence));
    }

    [Theory]
    [InlineData(23.9, 0, WorkState.Queued)]
    [InlineData(24, 0, WorkState.Stuck)]
    [InlineData(1, 2, WorkState.Queued)]
    [InlineData(1, 3, WorkState.Stuck)]
    public void Of_WorkWaits_IsStuckAfterADayOrThreeSyncsThatMoveNothing(double hours, int idle, WorkState state)
    {
        var oldest = Now.AddHours(-hours);
        var standing = WorkStanding.Of(Synced with { QueueDepth = 12, OldestPendingAt = oldest, IdleSuccesses = idle }, Now);
        Assert.Equal(new WorkEvidence(state, 12, Now.AddMinutes(-5), oldest), Assert.Single(standing.Evidence));
    }

    [Fact]
    public void Of_WorkWaitsForNobodyKnowsHowLong_IsQueued() =>
        Assert.Equal(WorkState.Queued, WorkStanding.Of(Synced with { QueueDepth = 1, LastSeenAt = Now.AddDays(-9) }, Now).State);

    [Fact]
    public void Of_EverythingAtOnce_PutsTheGravestFirstAndKeepsTheRest()
    {
        var standing = WorkStanding.Of(
            Synced with { Overwritten = new(2, Now.AddHours(-1)), Rejected = new(3, Now.AddHours(-2)), Discarded = new(4, Now.AddHours(-3)), QueueDepth = 5, MissingEvents = 6 }, Now);

        Assert.Equal(WorkState.Discarded, standing.State);
        Assert.Equal(
            [(WorkState.Discarded, 4L), (WorkState.Rejected, 3L), (WorkState.Overwritten, 2L), (WorkState.Queued, 5L)],
            standing.Evidence.Select(evidence => (evidence.State, evidence.Items!.Value)));
        Assert.Equal(6, standing.MissingReports);
    }

    [Theory]
    [InlineData(1, 0, 0, WorkState.Discarded)]
    [InlineData(0, 1, 1, WorkState.Rejected)]
    [InlineData(0, 0, 1, WorkState.Overwritten)]
    [InlineData(0, 0, 0, WorkState.OnServer)]
    public void Of_LossAndAnEmptyQueue_IsTheLoss(int discarded, int rejected, int overwritten, WorkState state) => Assert.Equal(
        state, WorkStanding.Of(Synced with { Discarded = new(discarded, Now), Rejected = new(rejected, Now), Overwritten = new(overwritten, Now) }, Now).State);
}
