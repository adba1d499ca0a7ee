using Npgsql;

namespace SyncHealth.Faults.Tests.Support;

/// <summary>Connection strings that lead through a proxy.</summary>
internal static class Through
{
    /// <summary>The same database behind another port, unencrypted so that the proxy can read.</summary>
    public static string Port(string connectionString, int port) => new NpgsqlConnectionStringBuilder(connectionString)
    {
        Port = port,
        SslMode = SslMode.Disable,
        GssEncryptionMode = GssEncryptionMode.Disable,
    }.ConnectionString;

    public static int PortOf(string connectionString) => new NpgsqlConnectionStringBuilder(connectionString).Port;
}
