using SyncHealth.Contracts;

namespace SyncHealth.SyncEngine;

/// <summary>What the device knows about its network at a moment.</summary>
/// <param name="Kind">The kind; <see cref="SyncNetwork.None"/> when there is none.</param>
/// <param name="IsMetered">Whether the user pays by volume; null when unknown.</param>
public readonly record struct NetworkState(SyncNetwork Kind, bool? IsMetered)
{
    /// <summary>False only when the device knows that it has no network.</summary>
    public bool IsConnected => Kind != SyncNetwork.None;
}
