namespace SyncHealth.Host;

/// <summary>The program cannot start. The message is one line that names the remedy.</summary>
internal sealed class StartupException(int exitCode, string message, Exception? cause = null) : Exception(message, cause)
{
    public int ExitCode { get; } = exitCode;
}
