namespace SyncHealth.Client.Sending;

/// <summary>What came back for a batch.</summary>
/// <param name="Kind">What it means.</param>
/// <param name="Rejected">Events that the server rejected one by one.</param>
/// <param name="RetryAfter">How long the server asks to wait; <see langword="null"/> when it does not, or says nonsense.</param>
/// <param name="Settings">What the server asks of its devices.</param>
/// <param name="Problem">What went wrong, for diagnostics; <see langword="null"/> when delivered.</param>
internal sealed record Answer(AnswerKind Kind, int Rejected, TimeSpan? RetryAfter, ServerSettings Settings, string? Problem)
{
    /// <summary>The server's own time, where it confirmed the batch and says it.</summary>
    internal DateTimeOffset? ServerTime { get; init; }

    internal static Answer None(string problem) => new(AnswerKind.Retry, 0, null, ServerSettings.None, problem);
}
