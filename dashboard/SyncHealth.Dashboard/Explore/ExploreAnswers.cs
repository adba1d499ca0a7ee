using SyncHealth.Storage.Markers;
using SyncHealth.Storage.Vitals;

namespace SyncHealth.Dashboard.Explore;

/// <summary>Everything Explore was told about one question, as it was told.</summary>
public sealed record ExploreAnswers
{
    /// <summary>The shared clock when the questions were asked, or the past moment that they look back to.</summary>
    public required DateTimeOffset Now { get; init; }

    public required IReadOnlyList<AppSummary> Apps { get; init; }

    /// <summary>The app that the answers are about; null when there is none, or none of the asked name.</summary>
    public AppSummary? App { get; init; }

    /// <summary>What the app can be grouped and filtered by, with the values that were seen.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> Values { get; init; } = new Dictionary<string, IReadOnlyList<string>>();

    /// <summary>The bounds that were asked for.</summary>
    public DateTimeOffset From { get; init; }

    public DateTimeOffset To { get; init; }

    /// <summary>The bound that was really counted: later than asked where rows are not kept so long.</summary>
    public DateTimeOffset CountedFrom { get; init; }

    /// <summary>The range in one row.</summary>
    public VitalsPoint? Total { get; init; }

    /// <summary>What it is held against, in one row.</summary>
    public VitalsPoint? Before { get; init; }

    /// <summary>The range step by step.</summary>
    public IReadOnlyList<VitalsPoint> Points { get; init; } = [];

    /// <summary>What it is held against, step by step, in its own time; empty without a comparison.</summary>
    public IReadOnlyList<VitalsPoint> BeforePoints { get; init; } = [];

    /// <summary>The dimension of <see cref="Groups"/>: the asked one, or the one that splits the failures best.</summary>
    public string By { get; init; } = "";

    /// <summary>One row a group over the range.</summary>
    public IReadOnlyList<VitalsGroup> Groups { get; init; } = [];

    /// <summary>The same of what it is held against.</summary>
    public IReadOnlyList<VitalsGroup> GroupsBefore { get; init; } = [];

    /// <summary>The range step by step for each group; empty when no grouping was asked for.</summary>
    public IReadOnlyList<VitalsGroup> GroupPoints { get; init; } = [];

    /// <summary>The range in one row for each combination of the core dimensions.</summary>
    public IReadOnlyList<VitalsGroup> Cells { get; init; } = [];

    /// <summary>Errors of the whole range.</summary>
    public IReadOnlyList<ErrorShare> Errors { get; init; } = [];

    /// <summary>Errors step by step, in the wider steps of <see cref="ExploreQuestions.ErrorsStepped"/>.</summary>
    public IReadOnlyList<ErrorShare> ErrorPoints { get; init; } = [];

    /// <summary>Errors of what it is held against, over its whole range.</summary>
    public IReadOnlyList<ErrorShare> ErrorsBefore { get; init; } = [];

    public IReadOnlyList<DurationSlice> Durations { get; init; } = [];

    public IReadOnlyList<Marker> Markers { get; init; } = [];
}
