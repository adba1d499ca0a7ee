namespace SyncHealth.Storage.Diagnosis;

/// <summary>A process that takes events, as it told the database.</summary>
/// <param name="Name">Host and process number.</param>
/// <param name="SilentSeconds">Seconds since its last sign of life; they come every five.</param>
public sealed record LiveProcess(string Name, double SilentSeconds);
