namespace SyncHealth.Dashboard.Devices;

/// <summary>One release by who is still there.</summary>
/// <param name="Release">As people write it.</param>
/// <param name="Expected">Devices that should be heard of.</param>
/// <param name="Coverage">Percent of them heard of within a day, with its numbers.</param>
/// <param name="OfReporting">Percent of those heard of that synced: what looks well where the others fell silent.</param>
/// <param name="OfExpected">Percent of all expected ones that synced.</param>
/// <param name="IsThin">Whether coverage is so low that the rate among reporting devices says little.</param>
/// <param name="Address">The list of its silent devices.</param>
public sealed record PresenceLine(string Release, string Expected, string Coverage, string OfReporting, string OfExpected, bool IsThin, string Address);
