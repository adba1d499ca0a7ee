using Microsoft.Extensions.Logging;

namespace SyncHealth.SyncServer;

/// <summary>What the notes server says.</summary>
internal static partial class Log
{
    [LoggerMessage(Level = LogLevel.Error, Message = "Old notes could not be forgotten; the next round tries again.")]
    public static partial void RetentionFailed(ILogger logger, Exception exception);

    [LoggerMessage(Level = LogLevel.Warning, Message = "What this server knows of its devices cannot be sent to SyncHealth: {Problem} It waits, and each round tries again; this is said once.")]
    public static partial void SyncLogNotSent(ILogger logger, string problem);

    [LoggerMessage(Level = LogLevel.Information, Message = "SyncHealth takes what this server knows of its devices again.")]
    public static partial void SyncLogSentAgain(ILogger logger);

    [LoggerMessage(Level = LogLevel.Error, Message = "The notes database did not answer; the device was told to come back.")]
    public static partial void DatabaseFailed(ILogger logger, Exception exception);
}
