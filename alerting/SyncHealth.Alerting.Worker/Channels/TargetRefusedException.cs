namespace SyncHealth.Alerting.Worker.Channels;

/// <summary>A receiver's address leads into a private network, which a receiver may only do when the installation allows it.</summary>
public sealed class TargetRefusedException(string message) : Exception(message);
