namespace SyncHealth.Fleet.Scenarios;

/// <summary>A release that is shut out: the certificate that it insists on runs out, and from then on it speaks to no server, neither to sync nor to report that it cannot.</summary>
/// <param name="Version">The release.</param>
/// <param name="From">Fleet time at which the certificate runs out.</param>
internal sealed record Lockout(string Version, TimeSpan From);
