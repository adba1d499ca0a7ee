namespace SyncHealth.Alerting.Digests;

/// <summary>What a digest tells of.</summary>
/// <param name="From">Start of the period.</param>
/// <param name="To">Its end: when the digest is due.</param>
/// <param name="Before">The period of the same length before it.</param>
/// <param name="Releases">New in the period.</param>
/// <param name="Noise">Rules with incidents.</param>
/// <param name="Lost">Messages that never arrived, by receiver.</param>
public sealed record DigestFacts(
    string App, DateTimeOffset From, DateTimeOffset To, DigestVitals Now, DigestVitals Before, IReadOnlyList<DigestRelease> Releases, IReadOnlyList<RuleNoise> Noise,
    IReadOnlyDictionary<string, int> Lost)
{
    /// <summary>Breaches that late data showed in the period, oldest first.</summary>
    public IReadOnlyList<LateBreach> Late { get; init; } = [];
}
