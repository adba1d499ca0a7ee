namespace SyncHealth.Statistics.Verdicts;

/// <summary>Devices alike in what decides success most: the segment of a verdict, and the stratum inside which releases are compared.</summary>
/// <param name="Os">Operating system, as on the wire.</param>
/// <param name="Network">Network, as on the wire.</param>
/// <param name="Version">App version, where the releases are values of a flag that share it; else empty.</param>
public readonly record struct Stratum(string Os, string Network, string Version = "")
{
    /// <summary>The name, such as "android, cellular".</summary>
    public string Name => Version.Length == 0 ? $"{Os}, {Network}" : $"{Os}, {Network}, {Version}";
}
