using Dapper;
using Npgsql;

namespace SyncHealth.Storage.Accounts;

/// <summary>People and what they may do.</summary>
public sealed class AccountStore(NpgsqlDataSource dataSource, TimeProvider clock)
{
    private static readonly string List = SqlFile.Beside<AccountStore>("ListAccounts");
    private static readonly string Find = SqlFile.Beside<AccountStore>("FindAccount");
    private static readonly string Roles = SqlFile.Beside<AccountStore>("FindRoles");
    private static readonly string Admins = SqlFile.Beside<AccountStore>("HasAdmin");
    private static readonly string Add = SqlFile.Beside<AccountStore>("AddAccount");
    private static readonly string Password = SqlFile.Beside<AccountStore>("SetPassword");
    private static readonly string Role = SqlFile.Beside<AccountStore>("SetRole");
    private static readonly string Remove = SqlFile.Beside<AccountStore>("RemoveAccount");

    /// <summary>Everybody, by name.</summary>
    public async Task<IReadOnlyList<Account>> ListAsync(CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        var rows = await connection.QueryAsync<(Guid Id, string Name, short Role, bool HasPassword, DateTime CreatedAt, int Sessions)>(
            new CommandDefinition(List, new { startedAfter = clock.GetUtcNow() - SessionStore.Length }, cancellationToken: cancellationToken));
        return [.. rows.Select(row => new Account(row.Id, row.Name, (AccountRole)row.Role, row.HasPassword, new DateTimeOffset(row.CreatedAt, TimeSpan.Zero), row.Sessions))];
    }

    /// <summary>Whether anybody can administer: the first link is offered until somebody can.</summary>
    public async Task<bool> HasAdminAsync(CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        return await connection.ExecuteScalarAsync<bool>(new CommandDefinition(Admins, cancellationToken: cancellationToken));
    }

    /// <summary>What signing in under a name is checked against; null when nobody has it.</summary>
    public async Task<AccountSecret?> FindSecretAsync(string name, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        return await connection.QuerySingleOrDefaultAsync<AccountSecret>(new CommandDefinition(Find, new { key = AccountName.KeyOf(name) }, cancellationToken: cancellationToken));
    }

    /// <summary>Roles of those names that have an account, by <see cref="AccountName.KeyOf"/>.</summary>
    public async Task<IReadOnlyDictionary<string, AccountRole>> FindRolesAsync(IEnumerable<string> names, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        var rows = await connection.QueryAsync<(string Key, short Role)>(
            new CommandDefinition(Roles, new { keys = names.Select(AccountName.KeyOf).Distinct().ToArray() }, cancellationToken: cancellationToken));
        return rows.ToDictionary(row => row.Key, row => (AccountRole)row.Role);
    }

    /// <summary>Gives a name a role without a password, for whom a proxy lets in; an existing account gets the role. False when it is the last admin and would be none.</summary>
    public async Task<bool> AddAsync(string name, AccountRole role, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        return await connection.ExecuteAsync(new CommandDefinition(
            Add, new { id = Guid.CreateVersion7(), name, key = AccountName.KeyOf(name), role = (short)role, now = clock.GetUtcNow() }, cancellationToken: cancellationToken)) == 1;
    }

    /// <summary>Sets a password and ends every session but one.</summary>
    /// <param name="keep">The session that asked.</param>
    public async Task SetPasswordAsync(Guid account, string passwordHash, Guid keep, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await connection.ExecuteAsync(new CommandDefinition(Password, new { id = account, passwordHash, keep }, cancellationToken: cancellationToken));
    }

    /// <summary>Changes what somebody may do. Open pages follow within a minute.</summary>
    public Task<AccountChange> SetRoleAsync(Guid account, AccountRole role, CancellationToken cancellationToken) =>
        ChangeAsync(Role, new { id = account, role = (short)role }, cancellationToken);

    /// <summary>Removes somebody with all sessions.</summary>
    public Task<AccountChange> RemoveAsync(Guid account, CancellationToken cancellationToken) => ChangeAsync(Remove, new { id = account }, cancellationToken);

    /// <summary>The statements answer whether the account is there, and whether it was changed.</summary>
    private async Task<AccountChange> ChangeAsync(string sql, object parameters, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        var (known, changed) = await connection.QuerySingleAsync<(bool Known, bool Changed)>(new CommandDefinition(sql, parameters, cancellationToken: cancellationToken));
        return !known ? AccountChange.Unknown : changed ? AccountChange.Done : AccountChange.LastAdmin;
    }
}
