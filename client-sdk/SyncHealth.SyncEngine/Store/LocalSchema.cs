using System.Globalization;
using Microsoft.Data.Sqlite;

namespace SyncHealth.SyncEngine.Store;

/// <summary>Versioned migrations of the local database. A released file is never edited: it already ran on devices that are out there.</summary>
internal static class LocalSchema
{
    private static readonly string[] Migrations = ["0001_notes", "0002_base", "0003_pull_owed", "0004_entities", "0005_priorities"];

    /// <exception cref="InvalidOperationException">A newer program has written the file: going on could lose what this one does not know.</exception>
    public static void Upgrade(LocalDatabase database, SqliteConnection connection)
    {
        var version = database.Read(statements => statements.Of<LocalDatabase>("UserVersion").Scalar());
        if (version > Migrations.Length)
            throw new InvalidOperationException($"The local database has schema {version}; this program knows up to {Migrations.Length}. Update the app.");

        for (var next = (int)version; next < Migrations.Length; next++)
        {
            using var transaction = connection.BeginTransaction(deferred: false);
            using var command = connection.CreateCommand();
            command.Transaction = transaction;
            command.CommandText = SqlText.Of(typeof(LocalDatabase), Migrations[next])
                + string.Create(CultureInfo.InvariantCulture, $";pragma user_version = {next + 1}");
            command.ExecuteNonQuery();
            transaction.Commit();
        }
    }
}
