using FsCheck;
using FsCheck.Fluent;
using SyncHealth.SyncEngine.Conflicts.Text.Traces;
using Xunit;

namespace SyncHealth.SyncEngine.Tests.Conflicts.Text.Traces;

public sealed class TraceReplayTests
{
    [Fact]
    public void Sequential_AppliesPatchesOneAfterTheOther()
    {
        var outcome = Replay("ab", "é😀!", Sequential([(0, 1, "é"), (1, 0, "😀")], [(2, 1, ""), (2, 0, "!")]));

        Assert.True(outcome.IsMatch);
        Assert.Equal(4, outcome.Edits);
        Assert.InRange(outcome.Bytes, 4, 4 * 30);
    }

    [Fact]
    public void Concurrent_AtOnePlace_TheSmallerAgentStandsFirst() => Assert.True(Replay(
        "", "[left right]",
        new TraceTransaction(1, [], [new TracePatch(0, 0, "[]")]),
        new TraceTransaction(1, [0], [new TracePatch(1, 0, " right")]),
        new TraceTransaction(0, [0], [new TracePatch(1, 0, "left")])).IsMatch);

    /// <summary>Ten agents: their numbers are compared, not their digits.</summary>
    [Fact]
    public void Concurrent_AgentTen_StandsAfterAgentNine() => Assert.True(Replay(
        "", "0123456789A",
        [.. Enumerable.Range(0, 11).Reverse().Select(agent => new TraceTransaction(agent, [], [new TracePatch(0, 0, "0123456789A"[agent].ToString())]))]).IsMatch);

    /// <summary>The agent's second transaction has not seen its first: a replica cannot do that, so it counts as one of its own.</summary>
    [Fact]
    public void OneAgentInTwoPlaces_IsOrderedBySequenceNumber() => Assert.True(Replay(
        "", "abcd",
        new TraceTransaction(1, [], [new TracePatch(0, 0, "b")]),
        new TraceTransaction(1, [], [new TracePatch(0, 0, "c")]),
        new TraceTransaction(2, [], [new TracePatch(0, 0, "d")]),
        new TraceTransaction(0, [], [new TracePatch(0, 0, "a")])).IsMatch);

    /// <summary>The agent goes back to its first place: what it types there is later than what it typed in the second.</summary>
    [Fact]
    public void OneAgentReturningToItsFirstPlace_KeepsTheOrderOfItsNumbers() => Assert.True(Replay(
        "", "yxzw",
        new TraceTransaction(0, [], [new TracePatch(0, 0, "x")]),
        new TraceTransaction(1, [0], [new TracePatch(0, 0, "y")]),
        new TraceTransaction(1, [0], [new TracePatch(1, 0, "z")]),
        new TraceTransaction(1, [1], [new TracePatch(2, 0, "w")])).IsMatch);

    [Fact]
    public void AMergeSeesWhatItsParentsSaw()
    {
        // Agent 2 merges both sides and deletes across the seam; agent 0 goes on without having seen that.
        var trace = new EditingTrace("", "abXd", [
            new TraceTransaction(0, [], [new TracePatch(0, 0, "ab")]),
            new TraceTransaction(1, [0], [new TracePatch(2, 0, "cd")]),
            new TraceTransaction(0, [0], [new TracePatch(2, 0, "X")]),
            new TraceTransaction(2, [1, 2], [new TracePatch(3, 1, "")]),
        ]);

        Assert.True(Run(trace).IsMatch);
    }

    [Fact]
    public void AnotherEnd_IsAMismatch() => Assert.False(Replay("", "ba", Sequential([(0, 0, "ab")])).IsMatch);

    [Theory]
    [InlineData(1, 0)]
    [InlineData(0, 1)]
    [InlineData(int.MaxValue, int.MaxValue)]
    public void EditOutsideOfTheText_SaysWhere(int position, int deleted)
    {
        var exception = Assert.Throws<InvalidDataException>(() => Replay("", "", Sequential([], [(position, deleted, "a")])));
        Assert.Contains("transaction 1 edits outside of the text", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Progress_IsTold()
    {
        var told = new List<int>();
        var trace = new EditingTrace("", new string('a', 5000), Sequential([.. Enumerable.Range(0, 5000).Select(index => ((int, int, string)[])[(index, 0, "a")])]));
        new TraceReplay(trace).Run(TimeProvider.System, told.Add, CancellationToken.None);
        Assert.Equal([0, 4096], told);
    }

    [Fact]
    public void Cancelled_Stops() => Assert.Throws<OperationCanceledException>(
        () => new TraceReplay(new EditingTrace("", "a", Sequential([(0, 0, "a")]))).Run(TimeProvider.System, _ => { }, new CancellationToken(canceled: true)));

    /// <summary>Random graphs of four agents, two of them working in several places at once, against the model that knows only elements.</summary>
    [Fact]
    public void AnyHistory_EndsAsTheModelSays() => Prop.ForAll(
        Step.Sessions(40),
        session => Run(RandomTrace.Of(session)).IsMatch).Check(Config.QuickThrowOnFailure.WithMaxTest(150).WithQuietOnSuccess(true));

    private static TraceOutcome Replay(string start, string end, params TraceTransaction[] transactions) => Run(new EditingTrace(start, end, transactions));

    private static TraceOutcome Run(EditingTrace trace) => new TraceReplay(trace).Run(TimeProvider.System, _ => { }, CancellationToken.None);

    private static TraceTransaction[] Sequential(params (int Position, int Deleted, string Inserted)[][] transactions) =>
        [.. transactions.Select((patches, index) => new TraceTransaction(
            0, index == 0 ? [] : [index - 1], [.. patches.Select(patch => new TracePatch(patch.Position, patch.Deleted, patch.Inserted))]))];
}
