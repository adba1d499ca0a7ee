using SyncHealth.Alerting.Evaluation;
using SyncHealth.Statistics.Verdicts;

namespace SyncHealth.Alerting.Messages;

/// <summary>What surrounds a breach: read once when an incident begins, so that the message is one link away from its cause; and what it came to, once when it ends.</summary>
public sealed record MessageContext
{
    /// <summary>Nothing is known.</summary>
    public static readonly MessageContext None = new();

    /// <summary>The same window a week earlier.</summary>
    public Measurement? LastWeek { get; init; }

    /// <summary>Estimated share of the window's events that have arrived, 0 to 1; null before anything is learned.</summary>
    public double? Completeness { get; init; }

    /// <summary>The window's parts by one dimension each.</summary>
    public IReadOnlyList<ContextPart> Parts { get; init; } = [];

    /// <summary>The newest release, while part of the attempts comes from it and part from older ones; null otherwise.</summary>
    public string? ReleaseInRollout => Surroundings.InRollout(Parts)?.Release;

    /// <summary>The same parts a week earlier; empty where nothing was counted then.</summary>
    public IReadOnlyList<ContextPart> PartsLastWeek { get; init; } = [];

    /// <summary>Failed attempts by error; empty where failures are not the matter.</summary>
    public IReadOnlyList<ContextError> Errors { get; init; } = [];

    /// <summary>The verdict on the release that the message names, in rollout or as its segment; null where there is none.</summary>
    public ReleaseVerdict? Verdict { get; init; }

    /// <summary>What the incident concerned, for its end; null where it is no matter of attempts.</summary>
    public AffectedDevices? Affected { get; init; }
}
