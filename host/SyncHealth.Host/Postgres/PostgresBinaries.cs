namespace SyncHealth.Host.Postgres;

/// <summary>A folder with <c>initdb</c>, <c>pg_ctl</c> and <c>postgres</c>, and their major version.</summary>
internal sealed record PostgresBinaries(string BinFolder, int Major)
{
    public string PathOf(string program) =>
        Path.Combine(BinFolder, OperatingSystem.IsWindows() ? program + ".exe" : program);
}
