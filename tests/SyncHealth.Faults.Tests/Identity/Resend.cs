using SyncHealth.Testing.Oracle;

namespace SyncHealth.Faults.Tests.Identity;

/// <summary>One request of a run.</summary>
/// <param name="Kind">What became of the batch on its way.</param>
/// <param name="Device">Of all its events.</param>
/// <param name="Events">At least one.</param>
/// <param name="Key">Its idempotency key; null for none.</param>
internal sealed record Resend(ResendKind Kind, string Device, LedgerEvent[] Events, string? Key);
