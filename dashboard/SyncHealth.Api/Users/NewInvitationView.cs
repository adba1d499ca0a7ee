namespace SyncHealth.Api.Users;

/// <summary>A one-time link just made. The only answer that ever holds it.</summary>
public sealed record NewInvitationView(string Link, DateTimeOffset ExpiresAt);
