namespace SyncHealth.Api.Users;

/// <summary>A one-time link that was not used; the link itself is not kept.</summary>
/// <param name="Name">Null: whoever uses it chooses one.</param>
public sealed record InvitationView(string? Name, string Role, string CreatedBy, DateTimeOffset ExpiresAt);
