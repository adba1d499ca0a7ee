namespace SyncHealth.Storage.Writes;

/// <summary>Where the events of a loss would be if they had arrived after all: they were sent, and the answer never came.</summary>
/// <param name="FirstSeq">The lowest of their numbers; the range holds no event that was not given up.</param>
/// <param name="LastSeq">The highest.</param>
/// <param name="FirstAt">The earliest of their times, by the device's own clock.</param>
/// <param name="LastAt">The latest.</param>
public readonly record struct DoubtfulRange(long FirstSeq, long LastSeq, DateTimeOffset FirstAt, DateTimeOffset LastAt);
