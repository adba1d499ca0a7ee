namespace SyncHealth.Storage.Accounts;

/// <summary>A row of <c>invitation</c> as Dapper reads it.</summary>
internal sealed record InvitationRow
{
    public string? Name { get; init; }

    public short Role { get; init; }

    public required string CreatedBy { get; init; }

    public DateTime ExpiresAt { get; init; }

    public Invitation ToInvitation() => new(Name, (AccountRole)Role, CreatedBy, new DateTimeOffset(ExpiresAt, TimeSpan.Zero));
}
