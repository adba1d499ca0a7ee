using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using Npgsql;

namespace SyncHealth.Testing.Processes;

/// <summary>
/// A Postgres of a suite's own that keeps its promises (fsync, synchronous commit, full page writes), for tests that kill it.
/// Its binaries are those of <see cref="PostgresServer"/>; its port stays the same over all restarts.
/// </summary>
public sealed partial class DurableCluster : IAsyncDisposable
{
    /// <summary>Postgres refuses to run as root.</summary>
    private const string Unprivileged = "nobody";
    private const uint UnprivilegedId = 65534;
    private const int Interrupt = 2;

    /// <summary>Longest wait for a server to accept, in real time: crash recovery on a busy machine included.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    private readonly TemporaryFolder _folder;
    private readonly string _binaries;
    private readonly List<string> _log = [];
    private Process? _postmaster;

    private DurableCluster(TemporaryFolder folder, string binaries)
    {
        _folder = folder;
        _binaries = binaries;
        ConnectionString = string.Create(
            CultureInfo.InvariantCulture,
            $"Host=127.0.0.1;Port={Port};Username=postgres;Database=postgres;SSL Mode=Disable;GSS Encryption Mode=Disable");
    }

    public int Port { get; } = LoopbackPort.Free();

    public string ConnectionString { get; }

    public static async Task<DurableCluster> StartAsync()
    {
        var binaries = await BinariesAsync();
        var cluster = new DurableCluster(new TemporaryFolder(), binaries);
        if (Environment.IsPrivilegedProcess && ChangeOwner(cluster._folder.Path, UnprivilegedId, UnprivilegedId) != 0)
            throw new InvalidOperationException($"The folder cannot be given to {Unprivileged}: error {Marshal.GetLastPInvokeError()}.");
        using var initdb = cluster.Launch("initdb", "-D", cluster.Data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-instructions", "--no-sync");
        await initdb.WaitForExitAsync();
        await cluster.LaunchServerAsync();
        await cluster.RequireDurabilityAsync();
        return cluster;
    }

    /// <summary>SIGKILL to the postmaster: no checkpoint, no goodbye. Returns when it is gone.</summary>
    public async Task KillHardAsync()
    {
        _postmaster!.Kill();
        await _postmaster.WaitForExitAsync();
        _postmaster.Dispose();
        _postmaster = null;
    }

    /// <summary>Starts it again on the same data and port; returns when it accepts connections.</summary>
    public async Task LaunchServerAsync()
    {
        var start = TimeProvider.System.GetTimestamp();
        while (true)
        {
            _postmaster ??= Launch(
                "postgres", "-D", Data, "-p", Port.ToString(CultureInfo.InvariantCulture), "-c", "listen_addresses=127.0.0.1", "-c", "unix_socket_directories=",
                "-c", "timezone=UTC", "-c", "jit=off", "-c", "max_wal_size=1GB", "-c", "shared_buffers=64MB");
            if (await AcceptsAsync())
                return;
            if (TimeProvider.System.GetElapsedTime(start) > Patience)
                throw new TimeoutException($"Postgres does not start: {string.Join(Environment.NewLine, _log.TakeLast(20))}");

            // Its predecessor's last backends may still hold the shared memory: they notice within moments that they are orphans.
            if (_postmaster.HasExited)
            {
                _postmaster.Dispose();
                _postmaster = null;
            }

            await Task.Delay(Pause, TimeProvider.System);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_postmaster is { } running)
        {
            Kill(running.Id, Interrupt);
            await running.WaitForExitAsync();
            running.Dispose();
        }

        _folder.Dispose();
    }

    private string Data => Path.Combine(_folder.Path, "data");

    /// <summary>Where the suite's own server has its programs: the same machine, hence the same files.</summary>
    private static async Task<string> BinariesAsync()
    {
        await using var connection = new NpgsqlConnection(PostgresServer.ConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand("select setting from pg_config where name = 'BINDIR'", connection);
        return (string)(await command.ExecuteScalarAsync())!;
    }

    private async Task RequireDurabilityAsync()
    {
        await using var connection = new NpgsqlConnection(ConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(
            "select string_agg(current_setting(name), ',') from unnest(array['fsync', 'synchronous_commit', 'full_page_writes']) name", connection);
        if (await command.ExecuteScalarAsync() is not "on,on,on")
            throw new InvalidOperationException("This Postgres does not keep what it has committed: it cannot prove durability.");
    }

    private async Task<bool> AcceptsAsync()
    {
        try
        {
            await using var connection = new NpgsqlConnection(ConnectionString + ";Pooling=false;Timeout=5");
            await connection.OpenAsync();
            return true;
        }
        catch (NpgsqlException exception)
        {
            lock (_log)
                _log.Add(exception.Message);
            return false;
        }
    }

    private Process Launch(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(Path.Combine(_binaries, program), arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = "/",
        };
        start.Environment["LC_ALL"] = "C";
        if (Environment.IsPrivilegedProcess)
            start.UserName = Unprivileged;
        var process = new Process { StartInfo = start };
        process.OutputDataReceived += (_, data) => Take(data.Data);
        process.ErrorDataReceived += (_, data) => Take(data.Data);
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return process;
    }

    private void Take(string? line)
    {
        if (line is null)
            return;
        lock (_log)
            _log.Add(line);
    }

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static partial int Kill(int process, int signal);

    [LibraryImport("libc", EntryPoint = "chown", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int ChangeOwner(string path, uint owner, uint group);
}
