namespace SyncHealth.Storage.Accounts;

/// <summary>A person who may use the dashboard.</summary>
/// <param name="Name">As typed; unique whatever the case.</param>
/// <param name="HasPassword">False where a proxy in front says who somebody is.</param>
/// <param name="Sessions">Browsers that are signed in as of now.</param>
public sealed record Account(Guid Id, string Name, AccountRole Role, bool HasPassword, DateTimeOffset CreatedAt, int Sessions);
