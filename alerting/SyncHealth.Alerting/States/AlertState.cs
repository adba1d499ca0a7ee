using System.Text.Json.Serialization;

namespace SyncHealth.Alerting.States;

/// <summary>What has to be remembered of an alert instance from one evaluation to the next; stored as JSON.</summary>
public sealed record AlertState
{
    public static AlertState New(DateTimeOffset now) => new() { Status = AlertStatus.Inactive, Since = now };

    public required AlertStatus Status { get; init; }

    /// <summary>When it entered <see cref="Status"/>.</summary>
    public required DateTimeOffset Since { get; init; }

    /// <summary>Number of the newest transition; the first is 1.</summary>
    public int Sequence { get; init; }

    /// <summary>Number of the newest firing; each is an incident of its own.</summary>
    public int Episode { get; init; }

    /// <summary>Time already counted towards <c>for</c> or <c>keepFiringFor</c>.</summary>
    public TimeSpan Held { get; init; }

    /// <summary>The evaluation from which the next one goes on counting; null after one without evidence, which neither advances nor resets.</summary>
    public DateTimeOffset? HeldAt { get; init; }

    /// <summary>The newest evaluation that found a breach.</summary>
    public DateTimeOffset? LastBreachAt { get; init; }

    /// <summary>Data from before this led to the last incident and may not open another.</summary>
    public DateTimeOffset? SpentUntil { get; init; }

    /// <summary>Since when there has been no evidence; null while there is.</summary>
    public DateTimeOffset? SilentSince { get; init; }

    /// <summary>Until when a segment that appeared after its rule did may not fire; null for one that was there.</summary>
    public DateTimeOffset? GraceUntil { get; init; }

    /// <summary>Ends of the windows in which late events already showed a breach, so that none is told twice; only for <see cref="AlertClass.Late"/>.</summary>
    public IReadOnlyList<DateTimeOffset> LateWindows { get; init; } = [];

    /// <summary>When the newest incident began.</summary>
    public DateTimeOffset? FiredAt { get; init; }

    /// <summary>Whether the newest incident began because nothing succeeded at all.</summary>
    public bool FiredOnTotalFailure { get; init; }

    /// <summary>The worst value seen during the newest incident.</summary>
    public double? Worst { get; init; }

    /// <summary>The most that offended in one evaluation of the newest incident, as its measurements count; null for one from before this was kept.</summary>
    public long? MostOffending { get; init; }

    /// <summary>The receivers that were told of the newest incident, and so must hear of its end.</summary>
    public IReadOnlyList<string> Told { get; init; } = [];

    /// <summary>The receivers that will be told of the newest incident once nothing holds its messages back.</summary>
    public IReadOnlyList<string> HeldBack { get; init; } = [];

    /// <summary>The newest incident of which receivers were told that somebody is on it; 0 for none.</summary>
    public int AcknowledgedEpisode { get; init; }

    /// <summary>When incidents began and ended within the last hour.</summary>
    public IReadOnlyList<DateTimeOffset> RecentChanges { get; init; } = [];

    /// <summary>The incident that receivers hold open while the alert flaps, and until it ends after that; null otherwise.</summary>
    public Flap? Flap { get; init; }

    /// <summary>Whether an incident is open.</summary>
    [JsonIgnore]
    public bool IsOpen => Status is AlertStatus.Firing or AlertStatus.Recovering;
}
