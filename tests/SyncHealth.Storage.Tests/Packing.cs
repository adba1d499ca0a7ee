using SyncHealth.Storage.Fold;

namespace SyncHealth.Storage.Tests;

/// <summary>Rules of packing for tests, which have few rows.</summary>
internal static class Packing
{
    public static PackRule Everything { get; } = new() { LeastRows = 1, LeastClosedRows = 1, GrowthShare = int.MaxValue, ClosedShare = int.MaxValue, RoundShare = 1 };
}
