using Dapper;
using Npgsql;

namespace SyncHealth.Storage.Keys;

/// <summary>Ties a database to the secret under which its device keys were made. Checked by every role before it serves.</summary>
public sealed class Installation(NpgsqlDataSource dataSource, DeviceKeyHasher hasher)
{
    private static readonly string Claim = SqlFile.Beside<Installation>("ClaimInstallation");

    /// <summary>Claims a new database for this secret, or checks that it is the one the database knows.</summary>
    /// <exception cref="DeviceSecretMismatchException">The database belongs to another secret.</exception>
    public async Task VerifyAsync(CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        var stored = await connection.QuerySingleAsync<string>(
            new CommandDefinition(Claim, new { fingerprint = hasher.Fingerprint }, cancellationToken: cancellationToken));
        if (stored != hasher.Fingerprint)
            throw new DeviceSecretMismatchException(
                $"This database was filled under another device key secret (fingerprint {stored}; the configured file has {hasher.Fingerprint}). Set Storage:DeviceKeyFile to the original file, or use a fresh database.");
    }
}
