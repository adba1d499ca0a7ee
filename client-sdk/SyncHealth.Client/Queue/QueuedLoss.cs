namespace SyncHealth.Client.Queue;

/// <summary>Events that were given up, as a batch tells it.</summary>
/// <param name="Reason">Why.</param>
/// <param name="Count">How many.</param>
internal sealed record QueuedLoss(string Reason, long Count)
{
    /// <summary>Its own name, where the server may have heard of it from another batch; <see langword="null"/> where it goes by its batch.</summary>
    internal string? Report { get; init; }

    /// <summary>Set where the server may have some of the events.</summary>
    internal DoubtfulRange? Doubt { get; init; }
}
