namespace SyncHealth.Benchmarks.Text;

/// <summary>One replay of a trace, by either side.</summary>
/// <param name="WallMs">Time for all edits one by one, each with its update in bytes.</param>
/// <param name="CpuMs">Processor time of the whole process for the same, garbage collection and compilation included.</param>
/// <param name="UpdateBytes">Bytes of all updates.</param>
/// <param name="HeapBytes">What the document keeps in memory, after a full collection.</param>
/// <param name="SnapshotBytes">Bytes of the document as a whole.</param>
/// <param name="LoadMs">Time to make a document of the snapshot.</param>
/// <param name="IsMatch">Whether it ended in the trace's text.</param>
internal sealed record TextRound(double WallMs, double CpuMs, long UpdateBytes, long HeapBytes, long SnapshotBytes, double LoadMs, bool IsMatch);
