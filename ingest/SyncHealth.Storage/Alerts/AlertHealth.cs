namespace SyncHealth.Storage.Alerts;

/// <summary>How alerting itself is doing, since the installation began.</summary>
/// <param name="RoundAt">End of the newest completed round; wall clock.</param>
public sealed record AlertHealth(DateTimeOffset RoundAt, RoundCounts Counts)
{
    /// <summary>After this long without a round pages say so: whoever looks knows within two minutes (reliability D10).</summary>
    public static readonly TimeSpan ShownAfter = TimeSpan.FromSeconds(100);

    /// <summary>After this long without a round the watchdog counts as gone: eight rounds at their default pace.</summary>
    public static readonly TimeSpan LongestSilence = TimeSpan.FromMinutes(2);
}
