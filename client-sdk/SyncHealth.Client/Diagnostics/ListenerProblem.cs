namespace SyncHealth.Client.Diagnostics;

/// <summary>What a listener of the host's threw: meters and sources call listeners on the thread that records.</summary>
internal static class ListenerProblem
{
    /// <summary>The last of it; null when none ever threw.</summary>
    public static string? Last { get; private set; }

    public static void Note(Exception exception) => Last = exception.Message;
}
