namespace SyncHealth.Storage.Accounts;

/// <summary>A session with its account as Dapper reads it.</summary>
internal sealed record SessionRow
{
    public Guid Id { get; init; }

    public Guid AccountId { get; init; }

    public required string Name { get; init; }

    public short Role { get; init; }

    public Session ToSession() => new(Id, AccountId, Name, (AccountRole)Role);
}
