namespace SyncHealth.SyncEngine.Tests.Support;

/// <summary>The app was killed here.</summary>
public sealed class KilledException() : Exception("The app was killed here.");
