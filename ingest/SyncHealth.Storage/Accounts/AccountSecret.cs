namespace SyncHealth.Storage.Accounts;

/// <summary>What signing in is checked against.</summary>
/// <param name="PasswordHash">Null: nobody can sign in by password.</param>
public sealed record AccountSecret(Guid Id, string? PasswordHash);
