namespace SyncHealth.Statistics.Verdicts;

/// <summary>Devices alike in what decides success most: the segment of a verdict, and the stratum inside which releases are compared.</summary>
/// <param name="Os">Operating system, as on the wire.</param>
/// <param name="Network">Network, as on the wire.</param>
public readonly record struct Stratum(string Os, string Network)
{
    /// <summary>The name, such as "android, cellular".</summary>
    public string Name => $"{Os}, {Network}";
}
