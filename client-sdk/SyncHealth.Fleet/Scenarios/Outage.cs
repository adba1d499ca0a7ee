namespace SyncHealth.Fleet.Scenarios;

/// <summary>A region whose entrance to the sync server is down, and then comes back slowly.</summary>
/// <param name="Region">Value of the devices' <c>region</c> tag.</param>
/// <param name="From">Fleet time at which every request of the region is refused.</param>
/// <param name="Until">Fleet time at which the first ones pass again; the region's devices hear of it and return all at once.</param>
/// <param name="Recovery">Time from then on in which the share of requests that pass grows from none to all: caches are cold and everybody asks.</param>
internal sealed record Outage(string Region, TimeSpan From, TimeSpan Until, TimeSpan Recovery)
{
    /// <summary>Time within which the devices of the region hear that the server is back: their live connections try again about that often.</summary>
    public static readonly TimeSpan HeardWithin = TimeSpan.FromSeconds(30);

    /// <summary>Share of a region's requests that pass at a moment of fleet time, from 0 to 1.</summary>
    public double PassingAt(TimeSpan at) => at < From ? 1 : at < Until ? 0 : Math.Min(1, (at - Until) / Recovery);
}
