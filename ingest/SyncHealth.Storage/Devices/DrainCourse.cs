namespace SyncHealth.Storage.Devices;

/// <summary>The return of a fleet: how it drains, and what its server was asked meanwhile.</summary>
/// <param name="Groups">In natural order of their keys; segments in which nobody came back are absent.</param>
/// <param name="Minutes">Of all segments, ascending; minutes in which nothing happened are absent.</param>
public sealed record DrainCourse(IReadOnlyList<DrainGroup> Groups, IReadOnlyList<ReturnMinute> Minutes)
{
    /// <summary>A retry storm is a minute with at least three times the requests of a usual one: between three and one lie lunch breaks.</summary>
    private const double StormFactor = 3;

    /// <summary>Fewer requests than these in a minute are no load for any server.</summary>
    private const long LeastStorm = 20;

    /// <summary>The minute with most requests; null when there was none.</summary>
    public ReturnMinute? Peak => Minutes.MaxBy(minute => minute.Requests);

    /// <summary>Requests of the median minute among those with any; null when there was none.</summary>
    public long? Usual => Minutes.Count == 0 ? null : Minutes.Select(minute => minute.Requests).Order().ElementAt((Minutes.Count - 1) / 2);

    /// <summary>The minute in which most devices came back; null when nobody did.</summary>
    public ReturnMinute? Rush => Minutes.Where(minute => minute.Returns > 0).MaxBy(minute => minute.Returns);

    /// <summary>Whether the peak is a retry storm.</summary>
    public bool IsStorm => Peak is { Requests: >= LeastStorm } peak && peak.Requests >= StormFactor * Usual;
}
