using SyncHealth.Dashboard.Health;
using SyncHealth.Storage.Alerts;

namespace SyncHealth.Dashboard.Alerts;

/// <summary>One change of an alert, with why.</summary>
/// <param name="Reason">Why, in words.</param>
public sealed record TransitionLine(AlertTransitionSummary Transition, Band Band, string Place, string Reason, Evidence Evidence);
