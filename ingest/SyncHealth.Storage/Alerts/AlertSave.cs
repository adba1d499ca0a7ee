namespace SyncHealth.Storage.Alerts;

/// <summary>The outcome of one evaluation, saved in one transaction.</summary>
public sealed record AlertSave
{
    public required string Rule { get; init; }

    public required string App { get; init; }

    public IReadOnlyDictionary<string, string> Segment { get; init; } = new Dictionary<string, string>();

    /// <summary><c>threshold</c>, <c>no_data</c>, <c>late</c>, <c>ingest_down</c>, <c>rules_refused</c> or <c>group</c>.</summary>
    public string Class { get; init; } = "threshold";

    /// <summary>The version that was read; 0 for an instance not yet stored.</summary>
    public required long Version { get; init; }

    public required string StateJson { get; init; }

    public required string Severity { get; init; }

    public required string Status { get; init; }

    public required DateTimeOffset Since { get; init; }

    public required int Episode { get; init; }

    public required int Sequence { get; init; }

    public double? Value { get; init; }

    public required double Threshold { get; init; }

    public required string Unit { get; init; }

    public long Attempts { get; init; }

    public long Devices { get; init; }

    /// <summary>What silences match.</summary>
    public IReadOnlyDictionary<string, string> Labels { get; init; } = new Dictionary<string, string>();

    /// <summary>Where its routes lead it, as JSON.</summary>
    public string GoesToJson { get; init; } = "[]";

    /// <summary>Why its messages are held back: <c>silenced</c>, <c>inhibited</c>, <c>flapping</c>, <c>off_hours</c>, or null.</summary>
    public string? Muted { get; init; }

    /// <summary>Shared clock.</summary>
    public required DateTimeOffset EvaluatedAt { get; init; }

    /// <summary>The change of status, if there was one.</summary>
    public TransitionSave? Transition { get; init; }

    /// <summary>Messages that follow from it, or that were held back until now.</summary>
    public NoticeSave? Notices { get; init; }
}
