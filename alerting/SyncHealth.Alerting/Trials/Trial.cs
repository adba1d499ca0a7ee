namespace SyncHealth.Alerting.Trials;

/// <summary>One test of rules: what is fed, and what must come of it. Times are offsets from <see cref="Start"/>.</summary>
public sealed record Trial
{
    public required string Name { get; init; }

    public int Line { get; init; }

    public required DateTimeOffset Start { get; init; }

    /// <summary>Time between two evaluations; the first is at <see cref="Start"/>.</summary>
    public required TimeSpan Interval { get; init; }

    public required string App { get; init; }

    /// <summary>What the learned watermark is, for rules on the event clock.</summary>
    public TimeSpan Lateness { get; init; }

    public IReadOnlyList<TrialSeries> Series { get; init; } = [];

    public IReadOnlyList<ExpectedState> States { get; init; } = [];

    /// <summary>All notices in their order; null when the trial does not look at them.</summary>
    public IReadOnlyList<TrialNotice>? Notices { get; init; }
}
