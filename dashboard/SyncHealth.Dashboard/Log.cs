using Microsoft.Extensions.Logging;

namespace SyncHealth.Dashboard;

internal static partial class Log
{
    [LoggerMessage(1, LogLevel.Error, "The overview could not be read; viewers keep the last numbers. It is tried again every few seconds.")]
    public static partial void OverviewReadFailed(ILogger logger, Exception error);

    [LoggerMessage(2, LogLevel.Error, "Explore could not be read; viewers keep the last numbers. It is tried again every few seconds.")]
    public static partial void ExploreReadFailed(ILogger logger, Exception error);

    [LoggerMessage(10, LogLevel.Error, "{View} could not be read; viewers keep the last answer. It is tried again every few seconds.")]
    public static partial void PageReadFailed(ILogger logger, string view, Exception error);

    [LoggerMessage(11, LogLevel.Error, "A search for a device failed; whoever searched was told so.")]
    public static partial void SearchFailed(ILogger logger, Exception error);

    [LoggerMessage(12, LogLevel.Error, "An acknowledgement, a silence or the test of a receiver could not be kept; whoever asked for it was told so.")]
    public static partial void AlertActionFailed(ILogger logger, Exception error);

    [LoggerMessage(20, LogLevel.Error, "Whether open pages may stay open was not checked; it is tried again in a few seconds.")]
    public static partial void AccessNotChecked(ILogger logger, Exception error);

    [LoggerMessage(21, LogLevel.Error, "Who sent a request could not be looked up; it was refused.")]
    public static partial void SessionNotRead(ILogger logger, Exception error);

    [LoggerMessage(22, LogLevel.Error, "A form about signing in was not taken; whoever sent it was told so.")]
    public static partial void FormNotTaken(ILogger logger, Exception error);

    [LoggerMessage(24, LogLevel.Error, "A request failed; its caller was told this id: {Id}.")]
    public static partial void RequestFailed(ILogger logger, string id, Exception error);

    [LoggerMessage(23, LogLevel.Error, "A change on the setup page was not made; whoever asked for it was told so.")]
    public static partial void SetupChangeFailed(ILogger logger, Exception error);
}
