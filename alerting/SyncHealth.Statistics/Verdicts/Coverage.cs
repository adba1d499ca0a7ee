namespace SyncHealth.Statistics.Verdicts;

/// <summary>Of how many devices anything has been heard: a rate among those that report cannot show the ones that no longer can.</summary>
/// <param name="ReleaseDevices">Devices known to have the release for more than 24 h.</param>
/// <param name="ReleaseSilent">Those among them not heard of for 24 h since.</param>
/// <param name="BaselineDevices">Devices on the baseline that were active in the same days.</param>
/// <param name="BaselineSilent">Those among them not heard of for 24 h since.</param>
public sealed record Coverage(long ReleaseDevices, long ReleaseSilent, long BaselineDevices, long BaselineSilent);
