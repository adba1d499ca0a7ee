using SyncHealth.Dashboard.Releases;
using SyncHealth.Dashboard.State;
using SyncHealth.Dashboard.Tests.Fakes;
using SyncHealth.Storage.Verdicts;
using SyncHealth.Testing;

namespace SyncHealth.Dashboard.Tests.Releases;

public sealed class ReleasesReaderTests
{
    private static readonly ReleasesState State = ReleasesState.Parse("notes", "1h", null, null, null, TimeRange.Hour);

    private readonly FakeReaders _readers = new();
    private readonly FakeReleases _releases = new();
    private readonly ManualTimeProvider _wall = new(Some.Now);

    private ReleasesReader Reader => new(_readers, _readers, new ReleaseShelf(_releases, _releases, _wall), new ManualTimeProvider(Some.Now));

    [Fact]
    public async Task Read_ABadRelease_IsWhatThePageIsAbout()
    {
        var view = await ReadAsync(State);

        Assert.Equal(["2.5.0", "2.4.1"], view.Lines.Select(line => line.Name));
        Assert.Equal([true, false], view.Lines.Select(line => line.IsShown));
        Assert.Equal("2.5.0", view.Case!.Name);
        Assert.Equal(["2.4.1", "2.5.0"], view.Adoption!.Spec.Series.Select(series => series.Name));
        Assert.All(view.Adoption.Spec.Series, series => Assert.All(series.Values, value => Assert.Equal(100, value)));
    }

    [Fact]
    public async Task Read_AnAskedRelease_IsHeldAgainstTheAskedBaseline()
    {
        var view = await ReadAsync(State with { Release = "2.4.1", Baseline = "2.5.0" });

        Assert.Equal("2.4.1", view.Case!.Name);
        Assert.Equal([("2.5.0", null), ("2.4.1", "2.5.0")], _releases.Questions.Select(question => (question.Release, question.Baseline)));
    }

    [Fact]
    public async Task Read_WhatIsNotThere_FallsBackToWhatIs()
    {
        var view = await ReadAsync(State with { Release = "2.4.1", Baseline = "9.9" });
        var unknown = await ReadAsync(State with { Release = "9.9" });

        Assert.Equal("2.4.1", view.Case!.Name);
        Assert.Equal("2.5.0", unknown.Case!.Name);
        Assert.All(_releases.Questions, question => Assert.Null(question.Baseline));
    }

    [Fact]
    public async Task Read_ManyReleases_JudgesThoseThatMostDevicesRun()
    {
        _releases.Uses.AddRange(Enumerable.Range(0, 20).Select(minor => SomeReleases.Use($"1.{minor}", current: 1, devices: 1 + minor)));

        var view = await ReadAsync(State with { Release = "1.0" });

        Assert.Equal(22, view.Lines.Count);
        Assert.Equal(
            ["1.0", "1.14", "1.15", "1.16", "1.17", "1.18", "1.19", "2.4.1", "2.5.0"],
            _releases.Questions.Select(question => question.Release).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Read_ByTag_IsOfferedWhereOneIsPromoted()
    {
        var without = await ReadAsync(State);
        _releases.PromotedTag = "rollout";
        var with = await ReadAsync(State);

        Assert.Equal(["Version", "Build"], without.Kinds.Select(kind => kind.Text));
        Assert.Equal(["Version", "Build", "Tag rollout"], with.Kinds.Select(kind => kind.Text));
    }

    [Fact]
    public async Task Read_NoRelease_HasNothingToSay()
    {
        _releases.Uses.Clear();

        var view = await ReadAsync(State);

        Assert.Null(view.Case);
        Assert.Empty(view.Lines);
    }

    [Fact]
    public async Task Shelf_AVerdict_IsKeptTwentyTimesAsLongAsItTook()
    {
        _releases.OnVerdict = () => _wall.Advance(TimeSpan.FromSeconds(1));
        var shelf = new ReleaseShelf(_releases, _releases, _wall);
        Task AskAsync(int second) => shelf.ReadVerdictAsync(new VerdictQuestion("notes", "2.5.0", ReleaseKind.Version, Some.Now.AddSeconds(second)), CancellationToken.None);

        await AskAsync(0);
        await AskAsync(3);
        _wall.Advance(TimeSpan.FromSeconds(19.9));
        await AskAsync(6);
        Assert.Single(_releases.Questions);

        _wall.Advance(TimeSpan.FromSeconds(0.2));
        await AskAsync(9);
        Assert.Equal(2, _releases.Questions.Count);
    }

    private Task<ReleasesView> ReadAsync(ReleasesState state) => Reader.ReadAsync(state, CancellationToken.None);
}
