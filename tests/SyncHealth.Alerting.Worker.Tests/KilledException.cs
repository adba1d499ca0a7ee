namespace SyncHealth.Alerting.Worker.Tests;

/// <summary>Stands for the end of the process: nothing of ours catches it, so nothing after it runs.</summary>
internal sealed class KilledException() : Exception("The process was killed here.");
