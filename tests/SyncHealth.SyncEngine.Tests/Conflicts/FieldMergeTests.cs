using FsCheck;
using FsCheck.Fluent;
using SyncHealth.Contracts;
using SyncHealth.SyncEngine.Conflicts;
using Xunit;

namespace SyncHealth.SyncEngine.Tests.Conflicts;

public sealed class FieldMergeTests
{
    private static readonly Config Checks = Config.QuickThrowOnFailure.WithMaxTest(2_000).WithQuietOnSuccess(true);
    private static readonly FieldMerge Strategy = new();
    private static readonly Revision Origin = new("title", "body", false, new Stamp(1, "phone"));

    private static readonly Gen<(Revision Local, Revision Remote, Revision? Origin)> Meetings =
        from local in Revisions("a")
        from remote in Revisions("b")
        from origin in Gen.Frequency((4, Revisions("c").Select(revision => (Revision?)revision)), (1, Gen.Constant<Revision?>(null)))
        select (local, remote, origin);

    /// <summary>A edits one field offline, B the other: both edits stay, nothing is lost, and no side has won.</summary>
    [Fact]
    public void Resolve_OtherFieldOnEachSide_KeepsBoth()
    {
        var resolution = Strategy.Resolve(Edit(title: "phone's", at: 2), Edit(body: "tablet's", at: 3), Origin);

        Assert.Equal(("phone's", "tablet's"), (resolution.Result.Title, resolution.Result.Body));
        Assert.Equal((ConflictWinner.Merged, false, false), (resolution.Winner, resolution.LosesLocal, resolution.LosesRemote));
    }

    [Theory]
    [InlineData(3, 2, "here", ConflictWinner.Local, false, true)]
    [InlineData(2, 3, "there", ConflictWinner.Remote, true, false)]
    public void Resolve_SameFieldOnBothSides_TheLaterStaysAndTheLossIsSaid(int local, int remote, string title, ConflictWinner winner, bool losesLocal, bool losesRemote)
    {
        var resolution = Strategy.Resolve(Edit(title: "here", at: local), Edit(title: "there", at: remote), Origin);

        Assert.Equal(title, resolution.Result.Title);
        Assert.Equal((winner, losesLocal, losesRemote), (resolution.Winner, resolution.LosesLocal, resolution.LosesRemote));
    }

    [Fact]
    public void Resolve_OneFieldContestedTheOtherNot_LosesOnlyTheContestedOne()
    {
        var resolution = Strategy.Resolve(Edit("here", "mine alone", at: 2), Edit(title: "there", at: 3), Origin);

        Assert.Equal(("there", "mine alone"), (resolution.Result.Title, resolution.Result.Body));
        Assert.Equal((ConflictWinner.Merged, true, false), (resolution.Winner, resolution.LosesLocal, resolution.LosesRemote));
    }

    [Theory]
    [InlineData(true, ConflictWinner.Local)]
    [InlineData(false, ConflictWinner.Remote)]
    public void Resolve_DeletionAgainstAnEdit_TheEditStaysEvenWhenItIsOlder(bool isEditHere, ConflictWinner winner)
    {
        var edit = Edit(title: "still needed", at: 2);
        var deletion = Edit(at: 9) with { IsDeleted = true };

        var resolution = isEditHere ? Strategy.Resolve(edit, deletion, Origin) : Strategy.Resolve(deletion, edit, Origin);

        Assert.Equal((edit, winner), (resolution.Result, resolution.Winner));
        Assert.False(resolution.LosesLocal || resolution.LosesRemote);
    }

    [Fact]
    public void Resolve_DeletionAgainstANoteNobodyChanged_IsDeleted()
    {
        var resolution = Strategy.Resolve(Edit(at: 2) with { IsDeleted = true }, Edit(at: 3), Origin);

        Assert.True(resolution.Result.IsDeleted);
        Assert.Equal(ConflictWinner.Local, resolution.Winner);
    }

    [Fact]
    public void Resolve_WithoutAnOrigin_IsLastWriteWins() => Prop.ForAll(
        Meetings.ToArbitrary(),
        met => Strategy.Resolve(met.Local, met.Remote, null) == new LastWriteWins().Resolve(met.Local, met.Remote, null)).Check(Checks);

    /// <summary>Both devices of a meeting come to the same content, whichever of them merges.</summary>
    [Fact]
    public void Resolve_IsCommutative() => Prop.ForAll(
        Meetings.ToArbitrary(),
        met => Strategy.Resolve(met.Local, met.Remote, met.Origin).Result.SaysTheSameAs(Strategy.Resolve(met.Remote, met.Local, met.Origin).Result)).Check(Checks);

    [Fact]
    public void Resolve_IsIdempotent() => Prop.ForAll(
        Meetings.ToArbitrary(), met => Strategy.Resolve(met.Local, met.Local, met.Origin).Result == met.Local).Check(Checks);

    /// <summary>Every text that is nowhere in the result is said to be lost, unless the writer had not touched it.</summary>
    [Fact]
    public void Resolve_WhatAWriterChanged_IsInTheResultOrSaidToBeLost() => Prop.ForAll(
        Meetings.ToArbitrary(),
        met =>
        {
            if (met.Origin is not { IsDeleted: false } origin || met.Local.IsDeleted || met.Remote.IsDeleted)
                return true;
            var resolution = Strategy.Resolve(met.Local, met.Remote, origin);
            return Keeps(met.Local, origin, resolution.Result) != resolution.LosesLocal && Keeps(met.Remote, origin, resolution.Result) != resolution.LosesRemote;
        }).Check(Checks);

    private static bool Keeps(Revision writer, Revision origin, Revision result) =>
        (writer.Title == origin.Title || writer.Title == result.Title) && (writer.Body == origin.Body || writer.Body == result.Body);

    private static Revision Edit(string title = "title", string body = "body", int at = 2) => new(title, body, false, new Stamp(at, "any"));

    private static Gen<Revision> Revisions(string device) =>
        from millis in Gen.Choose(0, 3)
        from title in Gen.Elements("x", "y", "z")
        from body in Gen.Elements("", "u", "v")
        from isDeleted in Gen.Elements(false, false, true)
        select new Revision(title, body, isDeleted, new Stamp(millis, device));
}
