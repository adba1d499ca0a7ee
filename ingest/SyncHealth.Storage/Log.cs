using Microsoft.Extensions.Logging;

namespace SyncHealth.Storage;

/// <summary>What storage has to say. Error means that someone must look.</summary>
internal static partial class Log
{
    [LoggerMessage(1, LogLevel.Error, "A group of {Requests} batches was not committed; their senders were told to try again.")]
    public static partial void WriteFailed(ILogger logger, int requests, Exception exception);

    [LoggerMessage(2, LogLevel.Error, "A batch of {Events} events cannot be stored; its sender was told to try again.")]
    public static partial void BatchRefused(ILogger logger, int events, Exception exception);

    [LoggerMessage(3, LogLevel.Error, "Increments were not folded; they stay where they are and are folded later.")]
    public static partial void FoldFailed(ILogger logger, Exception exception);

    [LoggerMessage(4, LogLevel.Error, "Partition and retention work failed; the next round tries again.")]
    public static partial void MaintenanceFailed(ILogger logger, Exception exception);

    [LoggerMessage(5, LogLevel.Error, "The fleet snapshot was not taken; charts of queue depth and staleness have a gap at it.")]
    public static partial void SnapshotFailed(ILogger logger, Exception exception);

    [LoggerMessage(6, LogLevel.Information, "The sign of life was not given; limits stay divided as they were.")]
    public static partial void BeatFailed(ILogger logger, Exception exception);

    [LoggerMessage(7, LogLevel.Information, "When keys were last used was not saved; it is saved with the next round.")]
    public static partial void KeyUseNotSaved(ILogger logger, Exception exception);

    [LoggerMessage(8, LogLevel.Information, "What was accepted, known and rejected was not saved; it is saved with the next round.")]
    public static partial void TalliesNotSaved(ILogger logger, Exception exception);

    [LoggerMessage(9, LogLevel.Error, "{Contacts} lines of a server's log were not stored; the server was told to send them again.")]
    public static partial void ServerLogFailed(ILogger logger, int contacts, Exception exception);
}
