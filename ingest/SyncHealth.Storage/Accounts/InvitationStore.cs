using Dapper;
using Npgsql;

namespace SyncHealth.Storage.Accounts;

/// <summary>One-time links: each makes an account, or gives one a new password.</summary>
public sealed class InvitationStore(NpgsqlDataSource dataSource, TimeProvider clock)
{
    /// <summary>How long a link is good: over a weekend, and not for longer in a mailbox.</summary>
    public static readonly TimeSpan GoodFor = TimeSpan.FromDays(3);

    private static readonly string Insert = SqlFile.Beside<InvitationStore>("InsertInvitation");
    private static readonly string Find = SqlFile.Beside<InvitationStore>("FindInvitation");
    private static readonly string Redeem = SqlFile.Beside<InvitationStore>("RedeemInvitation");
    private static readonly string List = SqlFile.Beside<InvitationStore>("ListInvitations");

    /// <summary>Makes a link and returns its secret, which is nowhere stored. An earlier one for the same name is void.</summary>
    /// <param name="name">Null: whoever uses it chooses one.</param>
    public async Task<string> CreateAsync(string? name, AccountRole role, string by, CancellationToken cancellationToken)
    {
        var token = AccessToken.New();
        var now = clock.GetUtcNow();
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await connection.ExecuteAsync(new CommandDefinition(
            Insert,
            new { hash = AccessToken.Hash(token), name, key = name is null ? null : AccountName.KeyOf(name), role = (short)role, by, now, expiresAt = now + GoodFor },
            cancellationToken: cancellationToken));
        return token;
    }

    /// <summary>What a link is for; null when it is unknown, used or too old.</summary>
    public async Task<Invitation?> FindAsync(string token, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        return (await connection.QueryAsync<InvitationRow>(
            new CommandDefinition(Find, new { hash = AccessToken.Hash(token), now = clock.GetUtcNow() }, cancellationToken: cancellationToken))).SingleOrDefault()?.ToInvitation();
    }

    /// <summary>Links that can still be used, the next to expire first.</summary>
    public async Task<IReadOnlyList<Invitation>> ListAsync(CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        var rows = await connection.QueryAsync<InvitationRow>(new CommandDefinition(List, new { now = clock.GetUtcNow() }, cancellationToken: cancellationToken));
        return [.. rows.Select(row => row.ToInvitation())];
    }

    /// <summary>Uses a link up: makes its account, or gives it the password and ends its sessions.</summary>
    /// <param name="name">What whoever uses the link wants to be called; not asked where the link has a name.</param>
    /// <returns>The account; null, and the link stays good, when it is unknown, used or too old, or the chosen name is somebody's.</returns>
    public async Task<Guid?> RedeemAsync(string token, string name, string passwordHash, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        var account = await connection.ExecuteScalarAsync<Guid?>(new CommandDefinition(
            Redeem,
            new { hash = AccessToken.Hash(token), id = Guid.CreateVersion7(), name, key = AccountName.KeyOf(name), passwordHash, now = clock.GetUtcNow() },
            transaction,
            cancellationToken: cancellationToken));
        if (account is not null)
            await transaction.CommitAsync(cancellationToken);
        return account;
    }
}
