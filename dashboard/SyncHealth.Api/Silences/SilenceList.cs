namespace SyncHealth.Api.Silences;

/// <summary>Silences, the next to end first.</summary>
/// <param name="At">The moment on the shared clock.</param>
public sealed record SilenceList(DateTimeOffset At, IReadOnlyList<SilenceView> Silences);
