using SyncHealth.Dashboard.Health;

namespace SyncHealth.Dashboard.Devices;

/// <summary>What one detector says.</summary>
/// <param name="Value">How many devices, or which share.</param>
/// <param name="Meaning">What it sees, in a sentence.</param>
/// <param name="Devices">Those with most at stake.</param>
public sealed record DetectorLine(string Id, string Name, Band Band, string Value, string Meaning, IReadOnlyList<DetectorHit> Devices);
