namespace SyncHealth.Storage.Alerts;

/// <summary>A silence as it was made. Times are on the shared clock.</summary>
/// <param name="Id">Made by whoever makes it, so that a resend makes one.</param>
/// <param name="Matchers">Conditions on labels, as written; all have to hold.</param>
/// <param name="Reason">Why, for whoever wonders about the quiet.</param>
/// <param name="CreatedBy">Who made it, in their own words.</param>
public sealed record StoredSilence(
    Guid Id, IReadOnlyList<string> Matchers, string Reason, string CreatedBy, DateTimeOffset CreatedAt, DateTimeOffset StartsAt, DateTimeOffset EndsAt);
