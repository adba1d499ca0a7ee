namespace SyncHealth.Fleet.Scenarios;

/// <summary>Devices of one model that stop for good: their vendor's battery saver has put the app to sleep, and nothing tells anybody.</summary>
/// <param name="Model">The model.</param>
/// <param name="At">Fleet time from which none of them does anything.</param>
internal sealed record Silence(string Model, TimeSpan At);
