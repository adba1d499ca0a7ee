using SyncHealth.Storage.Markers;

namespace SyncHealth.Api.Markers;

/// <summary>Markers of a range, oldest first.</summary>
public sealed record MarkerList(DateTimeOffset From, DateTimeOffset To, IReadOnlyList<Marker> Markers);
