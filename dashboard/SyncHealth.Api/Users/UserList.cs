namespace SyncHealth.Api.Users;

/// <summary>Everybody by name, and the links that can still be used.</summary>
public sealed record UserList(IReadOnlyList<UserView> Users, IReadOnlyList<InvitationView> Invitations);
