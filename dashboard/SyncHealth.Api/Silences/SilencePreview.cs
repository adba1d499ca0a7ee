namespace SyncHealth.Api.Silences;

/// <summary>What matchers hold for, before anybody makes a silence of them.</summary>
/// <param name="Alerts">Every instance they hold for, in whatever state: a silence also quiets what begins later.</param>
/// <param name="Rules">Loaded rules some alert of which they may hold for, whatever its segment.</param>
public sealed record SilencePreview(IReadOnlyList<SilencedAlert> Alerts, IReadOnlyList<string> Rules);
