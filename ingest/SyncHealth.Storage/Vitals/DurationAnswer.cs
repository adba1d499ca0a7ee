namespace SyncHealth.Storage.Vitals;

/// <summary>Durations in the bounds that were really counted; points in time, those without an attempt left out.</summary>
public sealed record DurationAnswer(string App, DateTimeOffset From, DateTimeOffset To, IReadOnlyList<DurationSlice> Slices);
