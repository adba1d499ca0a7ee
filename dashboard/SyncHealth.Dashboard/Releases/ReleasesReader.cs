using SyncHealth.Dashboard.Charts;
using SyncHealth.Dashboard.Live;
using SyncHealth.Dashboard.Panels;
using SyncHealth.Dashboard.State;
using SyncHealth.Storage.Verdicts;
using SyncHealth.Storage.Vitals;

namespace SyncHealth.Dashboard.Releases;

/// <summary>Asks who runs which release, and whether any is worse.</summary>
public sealed class ReleasesReader(IAppReader apps, IVitalsReader vitals, ReleaseShelf shelf, TimeProvider clock) : IPageReader<ReleasesState, ReleasesView>
{
    /// <summary>Releases judged on one page: those most devices run. Beyond, a verdict is asked for by name.</summary>
    private const int MostJudged = 8;

    /// <inheritdoc/>
    public async Task<ReleasesView> ReadAsync(ReleasesState state, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(state);
        var frame = await PageFrame.ReadAsync(apps, state.App, clock, cancellationToken);
        if (frame.App is not { Name: var app })
            return new ReleasesView(frame, state, [], null, null, []);
        var found = await shelf.ReadInstallsAsync(app, state.Kind, frame.Now, cancellationToken) ?? new InstallBase([], null, 1);
        var releases = await JudgeAsync(state, app, frame.Now, found.Releases, cancellationToken);
        var about = releases.FirstOrDefault(release => release.Use.Name == state.Release).Use ?? ReleaseTable.Pick(releases);
        var links = new ReleaseLinks(state, app, frame.App.Dimensions.GetValueOrDefault(Dimension.AppVersion.Name, []), found.PromotedTag);
        string[] names = [.. releases.Select(release => release.Use.Name)];
        var answer = releases.FirstOrDefault(release => release.Use == about).Answer;
        return new ReleasesView(
            frame, state, KindsOf(state, found.PromotedTag),
            answer is null ? null : CaseWriter.Write(answer, state, app, names, links),
            await AdoptionAsync(state, app, frame.Now, found, cancellationToken),
            [.. releases.Select(release => ReleaseTable.Line(release.Use, release.Answer, state, release.Use == about, links))]);
    }

    /// <summary>Newest first, with verdicts of those that most devices run, and of the one that is asked for.</summary>
    private async Task<(ReleaseUse Use, VerdictAnswer? Answer)[]> JudgeAsync(
        ReleasesState state, string app, DateTimeOffset now, IReadOnlyList<ReleaseUse> releases, CancellationToken cancellationToken)
    {
        var judged = releases.OrderByDescending(release => release.Devices).Take(MostJudged).Select(release => release.Name).Append(state.Release).ToHashSet();
        var read = new List<(ReleaseUse, VerdictAnswer?)>();
        foreach (var release in releases.Reverse())
        {
            var baseline = release.Name == state.Release && releases.Any(other => other.Name == state.Baseline) ? state.Baseline : null;
            var reading = judged.Contains(release.Name) ? await shelf.ReadVerdictAsync(new VerdictQuestion(app, release.Name, state.Kind, now) { Baseline = baseline }, cancellationToken) : null;
            read.Add((release, reading?.Answer));
        }

        return [.. read];
    }

    private async Task<ChartModel> AdoptionAsync(ReleasesState state, string app, DateTimeOffset now, InstallBase found, CancellationToken cancellationToken)
    {
        var step = AdoptionChart.StepOf(state.Range);
        var whole = new VitalsQuery
        {
            App = app,
            From = (state.Range with { Step = step }).FirstPoint(now),
            To = now,
            Now = now,
            Step = step,
            Counts = VitalsCounts.Tallies,
            Parts = VitalsParts.Devices | VitalsParts.Completeness,
            Filters = [new DimensionFilter("environment", "production")],
        };
        var by = state.Kind == ReleaseKind.Tag ? Dimensions.TagPrefix + found.PromotedTag : Dimension.AppVersion.Name;
        var all = vitals.ReadAsync(whole, cancellationToken);
        var grouped = state.Kind == ReleaseKind.Tag && found.PromotedTag is null ? Task.FromResult<VitalsAnswer?>(null) : vitals.ReadAsync(whole with { By = [by] }, cancellationToken);
        await Task.WhenAll(all, grouped);
        return AdoptionChart.Build(
            state, await all is { Groups: [var only, ..] } ? only.Points : [], (await grouped)?.Groups ?? [], [.. found.Releases.Select(release => release.Name)], now);
    }

    private static List<ChoiceOption> KindsOf(ReleasesState state, string? tag)
    {
        ChoiceOption Option(ReleaseKind kind, string text, string title) => new(text, state.By(kind).ToAddress(), state.Kind == kind, title);
        List<ChoiceOption> kinds = [Option(ReleaseKind.Version, "Version", "Whatever the build"), Option(ReleaseKind.Build, "Build", "The version with what follows its +")];
        if (tag is not null || state.Kind == ReleaseKind.Tag)
            kinds.Add(Option(ReleaseKind.Tag, tag is null ? "Tag" : $"Tag {tag}", "The app's promoted tag, such as a rollout flag, compared inside one version"));
        return kinds;
    }
}
