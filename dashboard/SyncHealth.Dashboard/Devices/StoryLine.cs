using SyncHealth.Dashboard.Health;

namespace SyncHealth.Dashboard.Devices;

/// <summary>One line of a device's story: what happened from <paramref name="From"/> to <paramref name="To"/>, which are equal for a moment.</summary>
/// <param name="Title">What happened.</param>
/// <param name="Detail">With what numbers; empty when the title says all.</param>
public sealed record StoryLine(StoryKind Kind, Band Band, DateTimeOffset From, DateTimeOffset To, string Title, string Detail = "");
