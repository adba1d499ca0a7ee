using Microsoft.Extensions.Logging;

namespace SyncHealth.Api;

/// <summary>What the read API says. Error: someone must look.</summary>
internal static partial class Log
{
    [LoggerMessage(1, LogLevel.Error, "The database refused to answer a question (SqlState {SqlState}); readers are told to come back.")]
    public static partial void StorageFailed(ILogger logger, string? sqlState, Exception exception);
}
