using Microsoft.Extensions.Logging;

namespace SyncHealth.Samples.Notes;

/// <summary>What the sample says.</summary>
internal static partial class Log
{
    [LoggerMessage(Level = LogLevel.Error, Message = "The files of {Phone} could not be removed; the next start of the demo does it.")]
    public static partial void PhoneKept(ILogger logger, string phone, Exception exception);
}
