namespace SyncHealth.Api.Causes;

/// <summary>A segment that explains a drop.</summary>
/// <param name="By">Its dimensions; those that are missing it goes through.</param>
/// <param name="Kind"><c>got_worse</c>, <c>new</c> (did not exist before) or <c>mix_moved</c>.</param>
/// <param name="Explained">Its part of the drop, 1 for all of it.</param>
/// <param name="PValue">Of chance, valid at every look.</param>
/// <param name="FailureRateBefore">Percent of attempts; of a new segment, of those in its place before; null where that is not known.</param>
/// <param name="FailureRate">Percent of attempts.</param>
/// <param name="Attempts">Of the drop.</param>
/// <param name="Devices">Of the drop; where a tag is among the dimensions, by its share of the attempts.</param>
public sealed record CauseSegmentView(
    IReadOnlyDictionary<string, string> By, string Kind, double Explained, double PValue, double? FailureRateBefore, double FailureRate, long Attempts, long Devices);
