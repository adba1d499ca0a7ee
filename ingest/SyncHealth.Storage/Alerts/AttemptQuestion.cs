namespace SyncHealth.Storage.Alerts;

/// <summary>Which attempts to count for a rule.</summary>
/// <param name="From">Inclusive; a whole minute.</param>
/// <param name="To">Exclusive; a whole minute.</param>
/// <param name="ByArrival">Whether the window is of arrival, with events more than 15 minutes late left out; else of the events' own time.</param>
public readonly record struct AttemptQuestion(string App, string Environment, DateTimeOffset From, DateTimeOffset To, bool ByArrival);
