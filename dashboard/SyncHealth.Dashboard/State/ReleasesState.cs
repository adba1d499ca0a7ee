using SyncHealth.Storage.Verdicts;

namespace SyncHealth.Dashboard.State;

/// <summary>Everything that decides what the page of releases shows. It is the address.</summary>
/// <param name="App">Null for the first app there is.</param>
/// <param name="Range">Of the chart; a verdict looks at all days of its release.</param>
/// <param name="Kind">What a release is.</param>
/// <param name="Release">The release in question; null for the one that needs somebody most.</param>
/// <param name="Baseline">What it is held against; null for the one most devices are on.</param>
public sealed record ReleasesState(string? App, TimeRange Range, ReleaseKind Kind, string? Release, string? Baseline)
{
    public const string Path = "/releases";

    /// <summary>Ingest cuts names well below this.</summary>
    private const int MaxNameLength = 200;

    private static readonly (string Code, ReleaseKind Kind)[] Kinds =
        [("version", ReleaseKind.Version), ("build", ReleaseKind.Build), ("tag", ReleaseKind.Tag)];

    /// <summary>From the parameters of an address; what it cannot read falls back to the default.</summary>
    public static ReleasesState Parse(string? app, string? range, string? by, string? release, string? baseline, TimeRange defaultRange)
    {
        var asked = NameOf(release);
        var against = NameOf(baseline);
        return new ReleasesState(
            string.IsNullOrEmpty(app) ? null : app, TimeRange.Find(range) ?? defaultRange, Kinds.FirstOrDefault(known => known.Code == by, Kinds[0]).Kind,
            asked, asked is null || against == asked ? null : against);
    }

    /// <summary>The address below the root: <c>/releases?range=24h&amp;app=notes&amp;by=build&amp;release=2.5.0%2B101</c>.</summary>
    public string ToAddress() => new PageAddress(Path)
        .With("range", Range.Code)
        .With("app", App)
        .With("by", Kind == ReleaseKind.Version ? null : Kinds.First(known => known.Kind == Kind).Code)
        .With("release", Release)
        .With("baseline", Baseline)
        .ToString();

    /// <summary>The same page about another release, held against what suits it.</summary>
    public ReleasesState About(string release) => this with { Release = release, Baseline = null };

    /// <summary>The same page with releases of another kind, whose names are others.</summary>
    public ReleasesState By(ReleaseKind kind) => this with { Kind = kind, Release = null, Baseline = null };

    /// <summary>Ingest replaces NUL and Postgres refuses it: no name holds one.</summary>
    private static string? NameOf(string? text) => string.IsNullOrEmpty(text) || text.Length > MaxNameLength || text.Contains('\0') ? null : text;
}
