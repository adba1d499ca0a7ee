using SyncHealth.Alerting.Evaluation;

namespace SyncHealth.Alerting.Messages;

/// <summary>What surrounds a breach: read once when an incident begins, so that the message is one link away from its cause.</summary>
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

    /// <summary>The same parts a week earlier; empty where nothing was counted then.</summary>
    public IReadOnlyList<ContextPart> PartsLastWeek { get; init; } = [];

    /// <summary>Failed attempts by kind of error; empty where failures are not the matter.</summary>
    public IReadOnlyDictionary<string, long> ErrorKinds { get; init; } = new Dictionary<string, long>();
}
