using Microsoft.Extensions.Logging;

namespace SyncHealth.SyncServer;

/// <summary>What the notes server says.</summary>
internal static partial class Log
{
    [LoggerMessage(Level = LogLevel.Error, Message = "Old notes could not be forgotten; the next round tries again.")]
    public static partial void RetentionFailed(ILogger logger, Exception exception);

    [LoggerMessage(Level = LogLevel.Information, Message = "What this server knows of {Devices} devices could not be sent to SyncHealth; it is sent with the next round.")]
    public static partial void SyncLogNotSent(ILogger logger, int devices, Exception exception);

    [LoggerMessage(Level = LogLevel.Error, Message = "The notes database did not answer; the device was told to come back.")]
    public static partial void DatabaseFailed(ILogger logger, Exception exception);
}
