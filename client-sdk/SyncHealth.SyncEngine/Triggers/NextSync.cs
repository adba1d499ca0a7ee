using SyncHealth.Contracts;

namespace SyncHealth.SyncEngine.Triggers;

/// <summary>What the engine does next by itself.</summary>
/// <param name="At">When, by the device's clock; <see cref="DateTimeOffset.MinValue"/> for at once.</param>
/// <param name="Trigger">Why.</param>
/// <param name="Deferral">What keeps it from syncing earlier, one of <see cref="Deferrals"/>; null for nothing.</param>
public sealed record NextSync(DateTimeOffset At, SyncTrigger Trigger, string? Deferral);
