using SyncHealth.Storage.Alerts;

namespace SyncHealth.Api.Silences;

/// <summary>A silence and how it stands.</summary>
/// <param name="State"><c>pending</c>, <c>active</c> or <c>expired</c>.</param>
public sealed record SilenceView(
    Guid Id, IReadOnlyList<string> Matchers, string Reason, string CreatedBy, DateTimeOffset CreatedAt, DateTimeOffset StartsAt, DateTimeOffset EndsAt, string State)
{
    internal static SilenceView Of(StoredSilence silence, DateTimeOffset now) => new(
        silence.Id, silence.Matchers, silence.Reason, silence.CreatedBy, silence.CreatedAt, silence.StartsAt, silence.EndsAt,
        silence.EndsAt <= now ? "expired" : silence.StartsAt <= now ? "active" : "pending");
}
