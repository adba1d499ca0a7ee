namespace SyncHealth.Storage.Alerts;

/// <summary>Which attempts to count for a rule.</summary>
public sealed record AttemptQuestion
{
    public required string App { get; init; }

    /// <summary>Inclusive; a whole minute.</summary>
    public required DateTimeOffset From { get; init; }

    /// <summary>Exclusive; a whole minute.</summary>
    public required DateTimeOffset To { get; init; }

    public AttemptClock Clock { get; init; } = AttemptClock.Arrival;

    /// <summary>Dimensions to count by; none for one count.</summary>
    public IReadOnlyList<string> By { get; init; } = [];

    /// <summary>Filters <c>dimension:value</c>; the environment is one of them.</summary>
    public IReadOnlyList<string> Filters { get; init; } = [];

    /// <summary>Kinds of errors whose attempts are left out.</summary>
    public IReadOnlyList<string> IgnoredErrors { get; init; } = [];

    /// <summary>The moment of asking, on the shared clock: what is kept as minutes depends on it.</summary>
    public required DateTimeOffset Now { get; init; }

    /// <summary>Equal for questions with the same answer.</summary>
    public string Key => string.Join('\u001f', [App, $"{From.UtcTicks} {To.UtcTicks} {Clock}", .. By, "\u001e", .. Filters, "\u001e", .. IgnoredErrors]);
}
