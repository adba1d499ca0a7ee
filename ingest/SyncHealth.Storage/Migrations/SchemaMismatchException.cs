namespace SyncHealth.Storage.Migrations;

/// <summary>The database's schema is not one this program can use; the message says which, and what to do.</summary>
public sealed class SchemaMismatchException(string message) : Exception(message);
