namespace SyncHealth.Storage.Alerts;

/// <summary>One place that its routes lead an alert to.</summary>
/// <param name="Route">Path of the route in the tree; <c>rule</c> where no route took the alert.</param>
/// <param name="Receivers">Those that can be told.</param>
/// <param name="Group">What its group shares; null when it is told by itself.</param>
/// <param name="HeldBy">The interval that holds messages back; null when they go out.</param>
/// <param name="HeldUntil">When it lets go; null when that is unknown or more than a year away.</param>
/// <param name="WhyNobody">Why there is no receiver; null when there is one.</param>
public sealed record AlertDestination(
    string Route, IReadOnlyList<string> Receivers, IReadOnlyDictionary<string, string>? Group, string? HeldBy, DateTimeOffset? HeldUntil, string? WhyNobody);
