using Microsoft.AspNetCore.Components;
using SyncHealth.Dashboard.Health;
using SyncHealth.Dashboard.Wording;
using SyncHealth.Storage.Vitals;

namespace SyncHealth.Dashboard.Explore;

/// <summary>The number, what it is of, how it changed, and where its failures are.</summary>
public sealed partial class AnswerPanel
{
    /// <summary>Bounds are moved to whole minutes anyway; more than this was cut by retention.</summary>
    private static readonly TimeSpan Rounding = TimeSpan.FromHours(1);

    [Parameter, EditorRequired]
    public ExploreView View { get; set; } = null!;

    [Parameter, EditorRequired]
    public ExploreState State { get; set; } = null!;

    [Parameter]
    public ViewerClock Clock { get; set; } = ViewerClock.Utc;

    private VitalsPoint Total => View.Answers.Total!;

    private double? Before => View.Answers.Before is { } before ? State.Metric.Value(before) : null;

    private string Compared(TileChange change) => change.Trend == Trend.Unknown
        ? $"in {State.Against.Label}"
        : $"{(change.Trend == Trend.Same ? "against" : "than")} {State.Against.Label} ({ExploreWords.Format(State.Metric, Before)})";

    private bool IsCut => View.Answers.CountedFrom - View.Answers.From >= Rounding;
}
