using FsCheck;
using FsCheck.Fluent;
using SyncHealth.Contracts;
using SyncHealth.SyncEngine.Conflicts;
using Xunit;

namespace SyncHealth.SyncEngine.Tests.Conflicts;

public sealed class LastWriteWinsTests
{
    private static readonly Config Checks = Config.QuickThrowOnFailure.WithMaxTest(500).WithQuietOnSuccess(true);

    /// <summary>Few values, so that stamps and contents often meet.</summary>
    private static readonly Gen<Revision> Revisions =
        from millis in Gen.Choose(0, 3)
        from device in Gen.Elements("a", "b")
        from title in Gen.Elements("x", "y")
        from body in Gen.Elements("", "z")
        from isDeleted in Gen.Elements(false, true)
        select new Revision(title, body, isDeleted, new Stamp(millis, device));

    [Fact]
    public void Merge_IsCommutative() => Prop.ForAll(
        (from first in Revisions from second in Revisions select (Item1: first, Item2: second)).ToArbitrary(),
        pair => LastWriteWins.Merge(pair.Item1, pair.Item2) == LastWriteWins.Merge(pair.Item2, pair.Item1)).Check(Checks);

    [Fact]
    public void Merge_IsAssociative() => Prop.ForAll(
        (from first in Revisions from second in Revisions from third in Revisions select (Item1: first, Item2: second, Item3: third)).ToArbitrary(),
        three => LastWriteWins.Merge(LastWriteWins.Merge(three.Item1, three.Item2), three.Item3)
            == LastWriteWins.Merge(three.Item1, LastWriteWins.Merge(three.Item2, three.Item3))).Check(Checks);

    [Fact]
    public void Merge_IsIdempotent() => Prop.ForAll(
        Revisions.ToArbitrary(), revision => LastWriteWins.Merge(revision, revision) == revision).Check(Checks);

    [Fact]
    public void Resolve_LaterRemote_Wins()
    {
        var local = new Revision("here", "", false, new Stamp(1, "a"));
        var remote = new Revision("there", "", false, new Stamp(2, "a"));

        Assert.Equal(new Resolution(remote, ConflictWinner.Remote, LosesLocal: true, LosesRemote: false), new LastWriteWins().Resolve(local, remote, null));
        Assert.Equal(new Resolution(remote, ConflictWinner.Local, LosesLocal: false, LosesRemote: true), new LastWriteWins().Resolve(remote, local, null));
    }
}
