using Microsoft.Extensions.Logging;

namespace SyncHealth.Dashboard;

internal static partial class Log
{
    [LoggerMessage(1, LogLevel.Error, "The overview could not be read; viewers keep the last numbers. It is tried again every few seconds.")]
    public static partial void OverviewReadFailed(ILogger logger, Exception error);

    [LoggerMessage(2, LogLevel.Error, "Explore could not be read; viewers keep the last numbers. It is tried again every few seconds.")]
    public static partial void ExploreReadFailed(ILogger logger, Exception error);
}
