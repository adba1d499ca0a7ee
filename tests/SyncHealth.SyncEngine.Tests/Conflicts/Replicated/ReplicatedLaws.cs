using FsCheck;
using FsCheck.Fluent;
using SyncHealth.SyncEngine.Conflicts.Replicated;
using SyncHealth.SyncEngine.Tests.Conflicts.Text;
using SyncHealth.SyncEngine.Tests.Support;
using Xunit;

namespace SyncHealth.SyncEngine.Tests.Conflicts.Replicated;

/// <summary>What holds for every replicated state, on three replicas of a random session: each edits, and hears old and new states of the others in any order.</summary>
/// <typeparam name="T">The state.</typeparam>
public abstract class ReplicatedLaws<T>
    where T : class, IReplicated<T>
{
    private const int Replicas = 3;
    private const int Steps = 40;

    private static readonly Config Checks = Config.QuickThrowOnFailure.WithMaxTest(2000).WithQuietOnSuccess(true);
    private static readonly string[] Devices = ["phone", "tablet", "watch"];

    [Fact]
    public void Merge_IsCommutative() => Check(static states => Same(states[0].Merge(states[1]), states[1].Merge(states[0])));

    [Fact]
    public void Merge_IsAssociative() => Check(static states =>
        Same(states[0].Merge(states[1]).Merge(states[2]), states[0].Merge(states[1].Merge(states[2]))));

    [Fact]
    public void Merge_IsIdempotent() => Check(static states =>
        Same(states[0].Merge(states[0]), states[0]) && Same(states[0].Merge(states[1]).Merge(states[1]), states[0].Merge(states[1])));

    [Fact]
    public void Merge_WithNothing_ChangesNothing() => Check(static states => Same(states[0].Merge(T.Empty), states[0]));

    [Fact]
    public void Encode_IsReadBackTheSame() => Check(static states => T.TryDecode(states[0].Encode(), out var read) && Same(read, states[0]));

    [Theory]
    [InlineData("")]
    [InlineData("a note's body")]
    [InlineData("{")]
    [InlineData("null")]
    [InlineData("[null]")]
    [InlineData("{\"phone\":-1}")]
    [InlineData("{\"seen\":{},\"items\":{\"milk\":{\"phone\":1}}}")]
    [InlineData("{\"value\":\"v\",\"at\":-1,\"count\":0,\"by\":\"phone\"}")]
    public void TryDecode_AnythingElse_IsRefusedOrReadWhole(string text)
    {
        // What is no such state is refused; what another kind of state would be as well, is at least written the same again.
        if (T.TryDecode(text, out var state))
            Assert.Equal(text, state.Encode());
        else
            Assert.Equal(T.Empty.Encode(), state.Encode());
    }

    /// <summary>One edit of a replica.</summary>
    /// <param name="state">Before it.</param>
    /// <param name="here">Where and when; the clock stutters.</param>
    /// <param name="kind">What kind of edit, from 0 to 4.</param>
    /// <param name="value">What, from 0 to 11.</param>
    protected abstract T Act(T state, Here here, int kind, int value);

    private void Check(Func<T[], bool> holds) => Prop.ForAll(Step.Sessions(Steps), session => holds(Live(session))).Check(Checks);

    private T[] Live(Step[] session)
    {
        var states = Enumerable.Repeat(T.Empty, Replicas).ToArray();
        var said = new List<T> { T.Empty };
        for (var index = 0; index < session.Length; index++)
        {
            var step = session[index];
            var replica = step.Peer % Replicas;
            states[replica] = step.Kind < 5
                ? Act(states[replica], HereOf(replica, index), step.Kind, step.Size)
                : states[replica].Merge(said[step.Place % said.Count]);
            said.Add(states[replica]);
        }

        return states;
    }

    private static Here HereOf(int replica, int step) =>
        new(Devices[replica], new((ulong)(replica + 1)), Some.Start.AddMilliseconds(step / 4));

    private static bool Same(T left, T right) => left.Encode() == right.Encode();
}
