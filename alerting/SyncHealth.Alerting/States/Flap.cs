namespace SyncHealth.Alerting.States;

/// <summary>The incident that receivers still hold open while the alert flaps: its end is told once it is quiet.</summary>
/// <param name="Episode">Number of the firing they were told of.</param>
/// <param name="FiredAt">When that began; part of the incident's identity.</param>
/// <param name="Told">Who was told.</param>
public sealed record Flap(int Episode, DateTimeOffset FiredAt, IReadOnlyList<string> Told);
