using Microsoft.Extensions.Logging;

namespace SyncHealth.Alerting.Worker;

internal static partial class Log
{
    [LoggerMessage(1, LogLevel.Information, "Alert {Rule} of {App}: {From} -> {To} ({Reason})")]
    public static partial void AlertMoved(ILogger log, string rule, string app, string from, string to, string reason);

    [LoggerMessage(2, LogLevel.Error, "Rule {Rule} could not be evaluated for {App}; the alert keeps its state")]
    public static partial void EvaluationFailed(ILogger log, string rule, string app, Exception failure);

    [LoggerMessage(3, LogLevel.Error, "No rule could be evaluated; trying again at the next interval")]
    public static partial void RoundFailed(ILogger log, Exception failure);

    [LoggerMessage(4, LogLevel.Information, "Notification to {Receiver}: {Kind} {Status} ({Detail})")]
    public static partial void NotificationTried(ILogger log, string receiver, string kind, string status, string detail);

    [LoggerMessage(14, LogLevel.Error, "Notification to {Receiver}: {Kind} refused ({Detail}); {Fallback} hears it instead")]
    public static partial void NotificationPassedOn(ILogger log, string receiver, string kind, string detail, string fallback);

    [LoggerMessage(10, LogLevel.Information, "Release {Version} of {App} told to {Receiver}: {Status} ({Detail})")]
    public static partial void ReleaseTold(ILogger log, string receiver, string app, string version, string status, string detail);

    [LoggerMessage(11, LogLevel.Error, "New releases could not be looked for; trying again")]
    public static partial void ReleasesFailed(ILogger log, Exception failure);

    [LoggerMessage(12, LogLevel.Error, "A part of a message could not be put into words; it goes out without it")]
    public static partial void WordingFailed(ILogger log, Exception failure);

    [LoggerMessage(13, LogLevel.Error, "Whether ingest lives could not be read; trying again at the next interval")]
    public static partial void IngestWatchFailed(ILogger log, Exception failure);

    [LoggerMessage(15, LogLevel.Error, "A digest could not be told; trying again at the next interval")]
    public static partial void DigestFailed(ILogger log, Exception failure);

    [LoggerMessage(5, LogLevel.Information, "Notification to {Receiver}: another sender took over the {Kind} before its outcome was known")]
    public static partial void LeaseLost(ILogger log, string receiver, string kind);

    [LoggerMessage(6, LogLevel.Error, "The outbox could not be read or written; trying again")]
    public static partial void SendingFailed(ILogger log, Exception failure);

    [LoggerMessage(8, LogLevel.Error, "What surrounds the breach of {Rule} for {App} could not be read; the message goes out without it")]
    public static partial void ContextFailed(ILogger log, string rule, string app, Exception failure);

    [LoggerMessage(7, LogLevel.Error, "{Count} notifications could not be delivered within a day and were given up")]
    public static partial void NotificationsExpired(ILogger log, long count);

    [LoggerMessage(9, LogLevel.Error, "Silence {Id} holds nothing back: {Problem}")]
    public static partial void SilenceUnreadable(ILogger log, Guid id, string problem);

    [LoggerMessage(16, LogLevel.Information, "The rules were read again: {Rules} rules and {Receivers} receivers are in force")]
    public static partial void SetupReplaced(ILogger log, int rules, int receivers);

    [LoggerMessage(17, LogLevel.Error, "The rules were read again and are refused; what was in force stays so: {Problem}")]
    public static partial void SetupRefused(ILogger log, string problem);

    [LoggerMessage(18, LogLevel.Error, "What became of the changed rules could not be told; trying again at the next interval")]
    public static partial void SetupWatchFailed(ILogger log, Exception failure);
}
