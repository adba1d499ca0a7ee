namespace SyncHealth.Storage.Accounts;

/// <summary>A one-time link that has not been used.</summary>
/// <param name="Name">Whose account it makes or gives a new password; null: whoever uses it chooses a name.</param>
public sealed record Invitation(string? Name, AccountRole Role, string CreatedBy, DateTimeOffset ExpiresAt);
