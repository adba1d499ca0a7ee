namespace SyncHealth.Api.Users;

/// <summary>Somebody who may use the dashboard.</summary>
/// <param name="Role"><c>viewer</c>, <c>editor</c> or <c>admin</c>.</param>
/// <param name="HasPassword">False where a proxy in front says who somebody is.</param>
/// <param name="Sessions">Browsers that are signed in.</param>
public sealed record UserView(Guid Id, string Name, string Role, bool HasPassword, DateTimeOffset CreatedAt, int Sessions);
