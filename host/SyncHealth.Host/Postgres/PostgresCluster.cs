using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using SyncHealth.Host.Data;
using SyncHealth.Host.Processes;

namespace SyncHealth.Host.Postgres;

/// <summary>A Postgres server of our own on loopback: made on first use, started, and stopped with us.</summary>
/// <remarks>
/// <c>pg_ctl</c> gives the server its own session, so a terminal's Ctrl-C reaches only us and we can drain before stopping it.
/// A server left over from a killed process is stopped at the next start.
/// </remarks>
internal sealed class PostgresCluster : IAsyncDisposable
{
    private const string SuperUser = "postgres";

    /// <summary>How long a start may take, in seconds: crash recovery after a kill included.</summary>
    private const int StartTimeoutSeconds = 120;

    private readonly PostgresBinaries _binaries;
    private readonly string _folder;

    private PostgresCluster(PostgresBinaries binaries, string folder, string connectionString)
    {
        _binaries = binaries;
        _folder = folder;
        ConnectionString = connectionString;
    }

    public string ConnectionString { get; }

    /// <summary>Starts the cluster in <paramref name="root"/>/<c>pg/&lt;major&gt;</c>.</summary>
    /// <exception cref="StartupException">Postgres cannot be had or does not start; the message says why.</exception>
    public static async Task<PostgresCluster> StartAsync(
        string root, string secrets, PostgresLocator locator, PostgresSettings settings, Progress progress, CancellationToken cancellationToken)
    {
        var parent = Path.Combine(root, "pg");
        Directory.CreateDirectory(parent);
        ServiceAccount.Give(parent);
        var binaries = await locator.FindAsync(ExistingMajor(parent), cancellationToken);
        var folder = Path.Combine(parent, binaries.Major.ToString(CultureInfo.InvariantCulture));
        var passwordFile = Path.Combine(secrets, "postgres.password");
        if (!File.Exists(Path.Combine(folder, "PG_VERSION")))
        {
            progress.Step("Creating the database");
            await InitializeAsync(binaries, folder, passwordFile, cancellationToken);
        }

        progress.Step("Starting Postgres");
        await StopAsync(binaries, folder, cancellationToken);
        var port = FreePort();
        await LaunchAsync(binaries, folder, port, settings, cancellationToken);
        return new PostgresCluster(binaries, folder, ConnectionStringOf(port, File.ReadAllText(passwordFile)));
    }

    public async ValueTask DisposeAsync() => await StopAsync(_binaries, _folder, CancellationToken.None);

    private static int? ExistingMajor(string parent) => Directory.EnumerateDirectories(parent)
        .Where(folder => File.Exists(Path.Combine(folder, "PG_VERSION")))
        .Select(folder => int.TryParse(Path.GetFileName(folder), NumberStyles.None, CultureInfo.InvariantCulture, out var major) ? major : (int?)null)
        .Max();

    private static async Task InitializeAsync(PostgresBinaries binaries, string folder, string passwordFile, CancellationToken cancellationToken)
    {
        var password = RandomNumberGenerator.GetHexString(32, lowercase: true);
        var handedOver = Path.Combine(Path.GetDirectoryName(folder)!, "initial.password");
        SecretFile.Write(passwordFile, password);
        SecretFile.Write(handedOver, password);
        try
        {
            ServiceAccount.Give(handedOver);
            string[] locale = binaries.Major >= 17
                ? ["--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C"]
                : ["--locale=C"];
            var result = await RunAsync(
                binaries, "initdb",
                ["-D", folder, "-U", SuperUser, "-A", "scram-sha-256", $"--pwfile={handedOver}", "-E", "UTF8", .. locale, "--no-instructions"],
                cancellationToken);
            if (result.ExitCode != 0)
                throw new StartupException(ExitCodes.CannotCreate, $"The database cannot be created in {folder}: {result.LastLine}");
        }
        finally
        {
            File.Delete(handedOver);
        }
    }

    private static async Task LaunchAsync(
        PostgresBinaries binaries, string folder, int port, PostgresSettings settings, CancellationToken cancellationToken)
    {
        var options = string.Join(' ', settings.Options
            .Prepend("listen_addresses=127.0.0.1")
            .Prepend("unix_socket_directories=")
            .Select(option => $"-c {option}"));
        var log = Path.Combine(Path.GetDirectoryName(folder)!, "postgres.log");
        var result = await RunAsync(
            binaries, "pg_ctl",
            ["-w", "-t", StartTimeoutSeconds.ToString(CultureInfo.InvariantCulture), "-D", folder, "-l", log, "-o", $"-p {port} {options}", "start"],
            cancellationToken);
        if (result.ExitCode != 0)
            throw new StartupException(ExitCodes.Failure, $"Postgres does not start: {result.LastLine} (log: {log})");
    }

    /// <summary>Fast shutdown; does nothing when no server runs on the folder.</summary>
    private static async Task StopAsync(PostgresBinaries binaries, string folder, CancellationToken cancellationToken)
    {
        if (File.Exists(Path.Combine(folder, "postmaster.pid")))
            await RunAsync(binaries, "pg_ctl", ["-w", "-D", folder, "-m", "fast", "stop"], cancellationToken);
    }

    private static Task<ChildProcessResult> RunAsync(
        PostgresBinaries binaries, string program, IReadOnlyList<string> arguments, CancellationToken cancellationToken) =>
        ChildProcess.RunAsync(
            binaries.PathOf(program), arguments,
            new ChildProcessSettings { UserName = ServiceAccount.UserName, Environment = new Dictionary<string, string> { ["LC_ALL"] = "C" } },
            cancellationToken);

    private static string ConnectionStringOf(int port, string password) =>
        string.Create(CultureInfo.InvariantCulture, $"Host={IPAddress.Loopback};Port={port};Username={SuperUser};Password={password};Database=postgres");

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
