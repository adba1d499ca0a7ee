using System.Security.Cryptography;
using System.Text;
using Dapper;
using Npgsql;
using SyncHealth.SyncEngine;

namespace SyncHealth.SyncServer.Migrations;

/// <summary>Brings a database to this server's schema: forward only, one transaction, under an advisory lock.</summary>
public static class NotesSchema
{
    private static readonly string[] Names = ["0001_notes", "0002_merges", "0003_deltas", "0004_in_flight"];

    /// <summary>Changes whenever a migration changes; names templates of test databases.</summary>
    public static string Fingerprint() => string.Concat(Names.Select(name => Checksum(Text(name))[..8]));

    /// <summary>Applies what is missing.</summary>
    /// <exception cref="InvalidOperationException">The database was migrated by a newer server, or an applied migration was changed.</exception>
    public static async Task MigrateAsync(NpgsqlDataSource dataSource, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await connection.ExecuteAsync(Text("Lock"), transaction: transaction);
        await connection.ExecuteAsync(Text("Bootstrap"), transaction: transaction);
        var applied = (await connection.QueryAsync<(int Number, string Checksum)>(Text("Applied"), transaction: transaction)).ToList();
        if (applied.Count > Names.Length)
            throw new InvalidOperationException($"The schema notes is at {applied.Count}; this server knows up to {Names.Length}. Start a newer one.");

        for (var index = 0; index < Names.Length; index++)
        {
            var sql = Text(Names[index]);
            if (index >= applied.Count)
            {
                await connection.ExecuteAsync(sql, transaction: transaction);
                await connection.ExecuteAsync(Text("Record"), new { number = index + 1, name = Names[index], checksum = Checksum(sql), now }, transaction);
            }
            else if (applied[index].Checksum != Checksum(sql))
            {
                throw new InvalidOperationException($"Migration {Names[index]} of the schema notes differs from the one applied to this database. Restore the released file, or use a fresh database.");
            }
        }

        await transaction.CommitAsync(cancellationToken);
    }

    private static string Text(string name) => SqlFile.Beside(typeof(NotesSchema), name);

    private static string Checksum(string sql) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(sql.ReplaceLineEndings("\n"))));
}
