namespace SyncHealth.Client.Tests.Durability.Disk;

/// <summary>One recorded operation.</summary>
/// <param name="Operation">What it was.</param>
/// <param name="Path">The file.</param>
/// <param name="Data">What was written.</param>
/// <param name="Offset">Where; the new length of a cut.</param>
internal sealed record DiskEntry(DiskOperation Operation, string Path, byte[] Data, long Offset);
