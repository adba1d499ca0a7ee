namespace SyncHealth.SyncEngine.Tests.Simulation;

/// <summary>Something that has to hold in every simulated world did not.</summary>
public sealed class SimulationException(string message) : Exception(message);
