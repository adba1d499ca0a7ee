using SyncHealth.Dashboard.Health;
using SyncHealth.Storage.Alerts;

namespace SyncHealth.Dashboard.Alerts;

/// <summary>An alert that is pending, firing or recovering.</summary>
/// <param name="Place">The segment in words; empty for the whole fleet.</param>
/// <param name="Runbook">What to do; null when there is none.</param>
/// <param name="Receivers">Who is told; empty when nobody is.</param>
/// <param name="Overview">Where its numbers are.</param>
public sealed record ActiveAlert(AlertSummary Alert, Band Band, string Place, string Value, string Threshold, string? Runbook, IReadOnlyList<string> Receivers, string Overview);
