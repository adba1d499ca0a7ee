using System.Security.Cryptography;
using System.Text;
using Dapper;
using Npgsql;

namespace SyncHealth.Storage.Migrations;

/// <summary>Brings a database to the schema of this program: forward only, one transaction, under an advisory lock.</summary>
public static class Migrator
{
    /// <summary>Key of the advisory lock that serialises migrations; any constant of ours will do.</summary>
    private const long LockKey = 0x53796E6348656C74;

    /// <summary>64 bits: two versions of the schema meet by chance never.</summary>
    private const int FingerprintBytes = 8;

    /// <summary>Changes whenever a migration does; names templates of test databases, so it stays short however many migrations there are.</summary>
    public static string Fingerprint() => Convert.ToHexStringLower(
        SHA256.HashData(Encoding.UTF8.GetBytes(string.Concat(Migration.Embedded().Select(migration => migration.Checksum)))).AsSpan(0, FingerprintBytes));

    /// <summary>Applies what is missing and returns the numbers that were applied.</summary>
    /// <exception cref="SchemaMismatchException">The schema is newer than this program, or an applied migration was changed.</exception>
    public static async Task<IReadOnlyList<int>> MigrateAsync(NpgsqlDataSource dataSource, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await connection.ExecuteAsync("select pg_advisory_xact_lock(@key)", new { key = LockKey }, transaction);
        await connection.ExecuteAsync(SqlFile.Beside<Migration>("Bootstrap"), transaction: transaction);

        var applied = (await connection.QueryAsync<(int Number, string Checksum)>(
            SqlFile.Beside<Migration>("Applied"), transaction: transaction)).ToDictionary(row => row.Number, row => row.Checksum);
        var embedded = Migration.Embedded();
        Check(applied, embedded);

        var added = new List<int>();
        foreach (var migration in embedded.Where(migration => !applied.ContainsKey(migration.Number)))
        {
            // However long: a migration may add up what years of rollups hold.
            await connection.ExecuteAsync(migration.Sql, transaction: transaction, commandTimeout: 0);
            await connection.ExecuteAsync(
                SqlFile.Beside<Migration>("Record"),
                new { migration.Number, migration.Name, migration.Checksum, now },
                transaction);
            added.Add(migration.Number);
        }

        await transaction.CommitAsync(cancellationToken);
        return added;
    }

    private static void Check(Dictionary<int, string> applied, IReadOnlyList<Migration> embedded)
    {
        var newest = embedded[^1].Number;
        if (applied.Keys.Where(number => number > newest).DefaultIfEmpty(0).Max() is > 0 and var newer)
            throw new SchemaMismatchException($"The database has schema {newer}; this program knows up to {newest}. Start a newer SyncHealth.");

        foreach (var migration in embedded)
            if (applied.TryGetValue(migration.Number, out var checksum) && checksum != migration.Checksum)
                throw new SchemaMismatchException($"Migration {migration.Number} ({migration.Name}) differs from the one applied to this database. Restore the released file, or use a fresh database.");
    }
}
