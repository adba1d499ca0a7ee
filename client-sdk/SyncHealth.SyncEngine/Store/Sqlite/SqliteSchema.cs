using System.Globalization;
using Microsoft.Data.Sqlite;

namespace SyncHealth.SyncEngine.Store.Sqlite;

/// <summary>Versioned migrations of the local database. A released file is never edited: it already ran on devices that are out there.</summary>
internal static class SqliteSchema
{
    private static readonly string[] Migrations = ["0001_notes", "0002_base", "0003_pull_owed", "0004_entities", "0005_priorities", "0006_account"];

    /// <summary>The version that this program writes.</summary>
    public static int Version => Migrations.Length;

    /// <exception cref="InvalidOperationException">A newer program has written the file: going on could lose what this one does not know.</exception>
    public static void Upgrade(SqliteConnection connection)
    {
        var version = VersionOf(connection);
        if (version > Version)
            throw new InvalidOperationException($"The local database has schema {version}; this program knows up to {Version}. Update the app.");
        Upgrade(connection, version, Version);
    }

    /// <summary>Brings a file from one version to another, each version in a transaction of its own.</summary>
    internal static void Upgrade(SqliteConnection connection, int from, int to)
    {
        for (var next = from; next < to; next++)
        {
            using var transaction = connection.BeginTransaction(deferred: false);
            using var command = connection.CreateCommand();
            command.Transaction = transaction;
            command.CommandText = SqlText.Of(Migrations[next]) + string.Create(CultureInfo.InvariantCulture, $";pragma user_version = {next + 1}");
            command.ExecuteNonQuery();
            transaction.Commit();
        }
    }

    private static int VersionOf(SqliteConnection connection)
    {
        using var command = connection.CreateCommand();
        command.CommandText = SqlText.Of("UserVersion");
        return (int)(long)command.ExecuteScalar()!;
    }
}
