namespace SyncHealth.Host;

/// <summary>Exit codes, as in BSD's <c>sysexits.h</c>.</summary>
internal static class ExitCodes
{
    public const int Success = 0;
    public const int Failure = 1;

    /// <summary>The command line is wrong.</summary>
    public const int Usage = 64;

    /// <summary>Something that has to be installed is missing.</summary>
    public const int Unavailable = 69;

    /// <summary>A file or folder cannot be created.</summary>
    public const int CannotCreate = 73;

    /// <summary>In use right now: a port, a data folder.</summary>
    public const int Busy = 75;

    /// <summary>A setting is wrong; the message names the key.</summary>
    public const int Configuration = 78;
}
