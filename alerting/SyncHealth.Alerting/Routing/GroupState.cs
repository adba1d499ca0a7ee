using System.Text.Json.Serialization;
using SyncHealth.Alerting.Rules;

namespace SyncHealth.Alerting.Routing;

/// <summary>What has to be remembered of a group from one round to the next; stored as JSON.</summary>
public sealed record GroupState
{
    /// <summary>Number of the newest message; the first is 1.</summary>
    public int Sequence { get; init; }

    /// <summary>Number of the newest incident.</summary>
    public int Episode { get; init; }

    /// <summary>When the newest incident was told; part of its identity.</summary>
    public DateTimeOffset? OpenedAt { get; init; }

    /// <summary>Since when alerts wait for the first message; null while none do.</summary>
    public DateTimeOffset? WaitingSince { get; init; }

    /// <summary>When the newest message was made.</summary>
    public DateTimeOffset? ToldAt { get; init; }

    /// <summary>The receivers that hold the incident open; empty when none is.</summary>
    public IReadOnlyList<string> Told { get; init; } = [];

    /// <summary>The alerts that the newest message told of, and how bad each was.</summary>
    public IReadOnlyDictionary<string, AlertSeverity> Shown { get; init; } = new Dictionary<string, AlertSeverity>();

    /// <summary>Who is on all of its alerts, as receivers were told; null while somebody's place is empty.</summary>
    public string? AcknowledgedBy { get; init; }

    /// <summary>Whether receivers hold an incident open.</summary>
    [JsonIgnore]
    public bool IsOpen => Told.Count > 0;
}
