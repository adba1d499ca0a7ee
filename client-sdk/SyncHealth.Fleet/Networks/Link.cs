using SyncHealth.Contracts;
using SyncHealth.SyncEngine;

namespace SyncHealth.Fleet.Networks;

/// <summary>A stretch of time on one network.</summary>
/// <param name="Kind">What it is like.</param>
/// <param name="LooksLike">What the device takes it for.</param>
/// <param name="Until">Fleet time at which it ends.</param>
/// <param name="RoundTrip">Typical time to the server and back.</param>
/// <param name="UpBitsPerSecond">Bandwidth towards the server.</param>
/// <param name="DownBitsPerSecond">Bandwidth from it.</param>
/// <param name="Loss">Probability that a request, or its answer, vanishes.</param>
internal sealed record Link(
    LinkKind Kind, SyncNetwork LooksLike, TimeSpan Until, TimeSpan RoundTrip, double UpBitsPerSecond, double DownBitsPerSecond, double Loss)
{
    /// <summary>No network.</summary>
    public static Link Offline(TimeSpan until) => new(LinkKind.Offline, SyncNetwork.None, until, TimeSpan.Zero, 1, 1, 1);

    public NetworkState State => new(LooksLike, LooksLike switch
    {
        SyncNetwork.Cellular => true,
        SyncNetwork.Wifi => false,
        _ => null,
    });

    public TimeSpan TimeUp(long bytes) => TimeSpan.FromSeconds(bytes * 8 / UpBitsPerSecond);

    public TimeSpan TimeDown(long bytes) => TimeSpan.FromSeconds(bytes * 8 / DownBitsPerSecond);
}
