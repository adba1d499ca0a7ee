using FsCheck;
using FsCheck.Fluent;
using SyncHealth.SyncEngine.Conflicts.Text;
using Xunit;

namespace SyncHealth.SyncEngine.Tests.Conflicts.Text;

/// <summary>Random sessions against the paper's tree. A failure prints its seed and the shortest session that shows it.</summary>
public sealed class TextConvergenceProperties
{
    private const int Peers = 4;

    private static readonly Config Checks = Config.QuickThrowOnFailure.WithMaxTest(150).WithQuietOnSuccess(true);

    [Fact]
    public void Sessions_WithRandomDelivery_FollowTheModelAndConverge() =>
        Prop.ForAll(Step.Sessions(60), session => new RandomDelivery(Peers).Live(session)).Check(Checks);

    [Fact]
    public void Sessions_WithSyncByVersion_FollowTheModelAndConverge() =>
        Prop.ForAll(Step.Sessions(60), session => new VersionSync(Peers).Live(session)).Check(Checks);

    [Fact]
    public void Merge_IsCommutative() => Prop.ForAll(Step.Sessions(40), session =>
    {
        var (first, second, _) = ThreeStates(session);
        return SameState(Union(first, second), Union(second, first));
    }).Check(Checks);

    [Fact]
    public void Merge_IsAssociative() => Prop.ForAll(Step.Sessions(40), session =>
    {
        var (first, second, third) = ThreeStates(session);
        var left = Union(Union(first, second).EncodeSince(TextVersion.Empty), third);
        var right = Union(first, Union(second, third).EncodeSince(TextVersion.Empty));
        return SameState(left, right);
    }).Check(Checks);

    [Fact]
    public void Merge_IsIdempotent() => Prop.ForAll(Step.Sessions(40), session =>
    {
        var (first, _, _) = ThreeStates(session);
        var once = Union(first);
        var twice = Union(first, first);
        return SameState(once, twice) && once.EncodeSince(TextVersion.Empty).SequenceEqual(twice.EncodeSince(TextVersion.Empty));
    }).Check(Checks);

    /// <summary>States of three peers that have seen part of each other's work.</summary>
    private static (byte[] First, byte[] Second, byte[] Third) ThreeStates(Step[] session)
    {
        var sync = new VersionSync(3);
        foreach (var step in session)
            sync.Take(step);
        return (sync.StateOf(0), sync.StateOf(1), sync.StateOf(2));
    }

    private static TextDocument Union(params byte[][] states)
    {
        var document = new TextDocument(new TextAgent(99));
        foreach (var state in states)
            Assert.Equal(TextRefusal.None, document.Merge(state).Refusal);
        Assert.Equal(0, document.Waiting);
        return document;
    }

    private static bool SameState(TextDocument first, TextDocument second) =>
        first.ToString() == second.ToString() && first.Version.Equals(second.Version);
}
