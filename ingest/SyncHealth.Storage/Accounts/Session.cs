namespace SyncHealth.Storage.Accounts;

/// <summary>Somebody who is signed in.</summary>
/// <param name="Id">Names the session; opens nothing.</param>
public sealed record Session(Guid Id, Guid AccountId, string Name, AccountRole Role);
